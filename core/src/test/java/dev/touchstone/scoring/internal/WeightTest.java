package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 1: which events count more than others. */
class WeightTest {

    private static Trial withImportance() {
        return Trial.of(c -> c.touchpoint("pay", t -> t.importance(3)));
    }

    @Test
    void theFirstEventOfACustomerCountsHalfAsMuchAgain() {
        Trial trial = Trial.plain();
        assertThat(trial.record(at("search")).weight()).isEqualTo(1.5);
        assertThat(trial.record(at("search")).weight()).isEqualTo(1);
    }

    @Test
    void nobodyHasNoFirstEvent() {
        assertThat(Trial.plain().record(TouchpointEvent.builder("search")).weight())
                .isEqualTo(1);
    }

    @Test
    void importanceMultiplies() {
        Trial trial = withImportance();
        assertThat(trial.record(at("pay")).weight()).isEqualTo(4.5);
        assertThat(trial.record(at("pay")).weight()).isEqualTo(3);
        assertThat(trial.record(at("pay").feedback(Feedback.nps(9))).weight()).isEqualTo(9);
        assertThat(trial.record(at("pay").feedback(Feedback.sentiment(0.5))).weight())
                .isEqualTo(3);
    }

    @Test
    void anAnswerIsNeverFirstButTakesTheFirstPlace() {
        Trial trial = Trial.plain();
        assertThat(trial.record(at("search").feedback(Feedback.nps(9))).weight())
                .isEqualTo(3);
        assertThat(trial.record(at("search")).weight()).isEqualTo(1);
    }

    @Test
    void ofTwoAssessmentsOfOneEventWhatHappenedIsFirst() {
        List<Assessment> both =
                Trial.plain().recordAll(at("search").durationMs(5).feedback(Feedback.csat(5)));
        assertThat(both).extracting(Assessment::weight).containsExactly(1.5, 3.0);
    }

    @Test
    void aSecondFailureWithinNinetyDaysCountsHalfAsMuchAgain() {
        Trial trial = withImportance();
        assertThat(trial.record(failureAt("search")).weight()).isEqualTo(1.5);
        trial.clock("P89DT23H59M59.999S");
        assertThat(trial.record(failureAt("pay")).weight()).isEqualTo(4.5);
    }

    @Test
    void afterNinetyDaysAFailureIsForgotten() {
        Trial trial = Trial.plain();
        trial.record(failureAt("search"));
        assertThat(trial.clock("P90D").record(failureAt("search")).weight()).isEqualTo(1);
    }

    @Test
    void onlyAFailureRepeatsAFailure() {
        Trial trial = Trial.plain();
        trial.record(at("search").outcome(Outcome.ABANDONED));
        assertThat(trial.record(failureAt("search")).weight()).isEqualTo(1);
        assertThat(trial.record(at("search").outcome(Outcome.ABANDONED)).weight())
                .isEqualTo(1);
        assertThat(trial.record(at("search")).weight()).isEqualTo(1);
        // the successes in between do not matter
        assertThat(trial.record(failureAt("search")).weight()).isEqualTo(1.5);
    }

    @Test
    void theFailureThatArrivedLastIsThePreviousOne() {
        Trial trial = Trial.plain();
        trial.clock("P100D").record(failureAt("search"));
        trial.record(failureAt("search").time(Trial.START));
        // 100 days after the one that arrived last, though at the time of the first
        assertThat(trial.record(failureAt("search")).weight()).isEqualTo(1);
    }

    @Test
    void aFailureThatHappenedBeforeThePreviousOneRepeatsNothing() {
        Trial trial = Trial.plain();
        trial.record(failureAt("search"));
        assertThat(trial.record(failureAt("search").time(Trial.START.minusMillis(1)))
                        .weight())
                .isEqualTo(1);
    }
}
