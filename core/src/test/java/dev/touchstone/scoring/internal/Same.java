package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.scoring.Score;
import java.util.List;

/** Scores that have to be the same to within 1e-9. */
final class Same {

    private static final double LAW = 1e-9;

    /** Where evidence is that near to the least, rounding decides whether there is a score. */
    private static final double BARELY = 0x1p-20 * (1 + 1e-9);

    private Same() {}

    static void score(Score actual, Score expected) {
        if (actual.isPresent() != expected.isPresent()) {
            assertThat(Math.max(actual.evidence(), expected.evidence())).isLessThanOrEqualTo(BARELY);
            return;
        }
        if (!expected.isPresent()) {
            return;
        }
        assertThat(actual.value()).isCloseTo(expected.value(), within(LAW));
        assertThat(actual.interval().low()).isCloseTo(expected.interval().low(), within(LAW));
        assertThat(actual.interval().high()).isCloseTo(expected.interval().high(), within(LAW));
        assertThat(actual.evidence()).isCloseTo(expected.evidence(), within(LAW));
        assertThat(actual.explanation().parts().keySet())
                .isEqualTo(expected.explanation().parts().keySet());
        expected.explanation()
                .parts()
                .forEach((driver, part) ->
                        assertThat(actual.explanation().part(driver)).as(driver).isCloseTo(part, within(LAW)));
    }

    static void scores(Scoreboard.Scores actual, Scoreboard.Scores expected) {
        score(actual.experience(), expected.experience());
        score(actual.effort(), expected.effort());
    }

    static void board(Scoreboard actual, Scoreboard expected) {
        scope(actual.overall(), expected.overall());
        scopes(actual.channels(), expected.channels());
        scopes(actual.stages(), expected.stages());
        scopes(
                actual.touchpoints().stream()
                        .map(Scoreboard.TouchpointScope::scores)
                        .toList(),
                expected.touchpoints().stream()
                        .map(Scoreboard.TouchpointScope::scores)
                        .toList());
        assertThat(actual.journeys()).hasSameSizeAs(expected.journeys());
        for (int i = 0; i < actual.journeys().size(); i++) {
            journey(actual.journeys().get(i), expected.journeys().get(i));
        }
    }

    private static void journey(Scoreboard.JourneyScope actual, Scoreboard.JourneyScope expected) {
        scores(actual.now(), expected.now());
        scores(actual.baseline(), expected.baseline());
        assertThat(List.of(actual.started(), actual.completed(), actual.abandoned(), actual.unknown(), actual.open()))
                .isEqualTo(List.of(
                        expected.started(),
                        expected.completed(),
                        expected.abandoned(),
                        expected.unknown(),
                        expected.open()));
    }

    private static void scopes(List<Scope> actual, List<Scope> expected) {
        assertThat(actual)
                .extracting(Scope::name)
                .isEqualTo(expected.stream().map(Scope::name).toList());
        for (int i = 0; i < actual.size(); i++) {
            scope(actual.get(i), expected.get(i));
        }
    }

    private static void scope(Scope actual, Scope expected) {
        scores(actual.now(), expected.now());
        scores(actual.baseline(), expected.baseline());
        assertThat(actual.count()).isEqualTo(expected.count());
    }
}
