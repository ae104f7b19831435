package dev.touchstone.spring;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.internal.NearestName;
import java.util.List;
import java.util.stream.Stream;

/** Possible reasons why a touchpoint has no events, or unexpected ones. Thread-safe. */
final class Hints {

    private final List<CatalogLayer> layers;

    Hints(List<CatalogLayer> layers) {
        this.layers = layers;
    }

    List<String> of(TouchpointScope touchpoint, Scoreboard scoreboard) {
        String name = touchpoint.definition().name();
        return switch (touchpoint.status()) {
            case ACTIVE -> List.of();
            case UNDECLARED ->
                List.of("It is not declared: annotate its method with @Touchpoint, or declare its"
                        + " name or its route in the catalog.");
            case NEVER_SEEN ->
                Stream.concat(
                                Stream.of("It is declared, but has no events since " + scoreboard.since() + "."),
                                reasons(name, scoreboard))
                        .toList();
        };
    }

    private Stream<String> reasons(String name, Scoreboard scoreboard) {
        List<String> places =
                layers.stream().flatMap(layer -> layer.hints(name).stream()).toList();
        if (!places.isEmpty()) {
            return places.stream();
        }
        List<String> undeclared = scoreboard.touchpoints().stream()
                .filter(other -> other.status() == Status.UNDECLARED)
                .map(other -> other.definition().name())
                .toList();
        return Stream.concat(
                Stream.of("No observed method is annotated with this name: code has to record it."),
                NearestName.of(name, undeclared).stream()
                        .map(near -> "Events are recorded for \"" + near + "\", which is not declared."));
    }
}
