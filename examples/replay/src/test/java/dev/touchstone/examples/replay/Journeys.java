package dev.touchstone.examples.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events of customers who buy something: three of four pay, the fourth leaves after the second step. */
final class Journeys {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<String> STEPS = List.of("cart", "address", "pay");

    private Journeys() {}

    static Path catalog(Path folder) throws IOException {
        return Files.writeString(folder.resolve("touchstone.json"), """
            { "touchpoints": [ { "name": "cart", "journey": "purchase" }, { "name": "address", "journey": "purchase" },
                               { "name": "pay", "journey": "purchase" } ],
              "journeys": [ { "name": "purchase", "ends": ["pay"] } ] }
            """);
    }

    /** Returns the lines in the order of their times, which all differ. */
    static List<String> lines(int journeys) {
        List<String> lines = new ArrayList<>();
        for (int journey = 0; journey < journeys; journey++) {
            int steps = journey % 4 == 3 ? 2 : 3;
            for (int step = 0; step < steps; step++) {
                lines.add(line(START.plusSeconds(300L * journey + 20L * step), STEPS.get(step), "c" + journey));
            }
        }
        return lines;
    }

    static String line(Instant time, String touchpoint, String customer) {
        return "{\"touchpoint\":\"" + touchpoint + "\",\"customer\":\"" + customer + "\",\"time\":\"" + time
                + "\",\"durationMs\":" + (100 + Math.floorMod((touchpoint + customer).hashCode(), 900)) + "}";
    }
}
