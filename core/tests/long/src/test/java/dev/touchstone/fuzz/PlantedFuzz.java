package dev.touchstone.fuzz;

import dev.touchstone.json.EventJson;

/** The planted fault: a reader that fails at one of the events that it accepts. */
public final class PlantedFuzz {

    private static final EventJson JSON = new EventJson();

    private PlantedFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        JSON.read(input).event().ifPresent(event -> {
            if (event.touchpoint().startsWith("pay") && event.durationMs().isPresent()) {
                throw new IllegalStateException("the planted fault");
            }
        });
    }
}
