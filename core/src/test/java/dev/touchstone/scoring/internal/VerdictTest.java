package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 8: how an event compares with what the customer could expect. */
class VerdictTest {

    private static final double USUAL = 100;

    /** The deviation that is believed at the least, in logarithms. */
    private static final double STEP = 0.2;

    private static Trial personal() {
        return Trial.under(Trial.model().expectation(ScoreModel.Expectation.PERSONAL));
    }

    private static Verdict verdict(TouchpointEvent.Builder event) {
        return Trial.plain().record(event).verdict().orElseThrow();
    }

    private static Trial knowing(Trial trial, int events) {
        for (int i = 0; i < events; i++) {
            trial.recordAll(TouchpointEvent.builder("search").durationMs(USUAL));
        }
        return trial;
    }

    private static TouchpointEvent.Builder taking(double deviations) {
        return at("search").durationMs(USUAL * Math.exp(STEP * deviations));
    }

    private static Verdict verdictAfter(int events, TouchpointEvent.Builder event) {
        return knowing(Trial.plain(), events).record(event).verdict().orElseThrow();
    }

    @Test
    void asPromisedIsMet() {
        assertThat(verdict(at("search"))).isEqualTo(Verdict.MET);
        assertThat(verdict(at("search").durationMs(10).promiseMs(10))).isEqualTo(Verdict.MET);
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = "SUCCESS", mode = EnumSource.Mode.EXCLUDE)
    void whateverIsNotASuccessIsMissed(Outcome outcome) {
        assertThat(verdict(at("search").outcome(outcome))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void laterThanPromisedOrDeclaredIsMissed() {
        assertThat(verdict(at("search").durationMs(10.001).promiseMs(10))).isEqualTo(Verdict.MISSED);
        Trial trial = Trial.of(c -> c.touchpoint("pay", t -> t.target(Duration.ofMillis(400))));
        assertThat(trial.record(at("pay").durationMs(400.001)).verdict()).contains(Verdict.MISSED);
        assertThat(trial.record(at("pay").durationMs(400.001).promiseMs(500)).verdict())
                .contains(Verdict.MET);
    }

    @Test
    void threeUnitsOfEffortAreMissed() {
        assertThat(verdict(at("search").transfers(3))).isEqualTo(Verdict.MISSED);
        assertThat(verdict(at("search").transfers(2.999))).isEqualTo(Verdict.MET);
    }

    @Test
    void clearlyFasterThanThirtyOthersIsExceeded() {
        assertThat(verdictAfter(30, taking(-1.0001))).isEqualTo(Verdict.EXCEEDED);
        assertThat(verdictAfter(30, taking(-0.9999))).isEqualTo(Verdict.MET);
        assertThat(verdictAfter(29, taking(-5))).isEqualTo(Verdict.MET);
        assertThat(verdictAfter(30, taking(-5).retries(0.01))).isEqualTo(Verdict.MET);
        assertThat(verdictAfter(30, taking(-5).outcome(Outcome.DEGRADED))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void slowerThanOthersMissesNothingByItself() {
        assertThat(verdictAfter(30, taking(50))).isEqualTo(Verdict.MET);
    }

    @Test
    void aPersonalExpectationMissesWhatIsClearlySlower() {
        assertThat(knowing(personal(), 30).record(taking(1.0001)).verdict()).contains(Verdict.MISSED);
        assertThat(knowing(personal(), 30).record(taking(0.9999)).verdict()).contains(Verdict.MET);
        assertThat(knowing(personal(), 29).record(taking(5)).verdict()).contains(Verdict.MET);
    }

    @Test
    void theSameCallExceedsOneCustomersExpectationAndMissesAnothers() {
        Trial trial = knowing(personal(), 2000);
        for (int i = 0; i < 15; i++) {
            trial.record(taking(2));
            trial.recordAll(taking(-2).customer(CustomerId.of("bob")));
        }
        // the deviation is still below 0.2, so both are at their bounds: habits of 1 and -1
        assertThat(trial.record(taking(-0.1)).verdict()).contains(Verdict.EXCEEDED);
        assertThat(trial.recordAll(taking(0.1).customer(CustomerId.of("bob")))
                        .get(0)
                        .verdict())
                .contains(Verdict.MISSED);
    }

    @Test
    void aHabitIsBelievedByHalfAfterFiveEventsAndMovesPaceToo() {
        Trial trial = knowing(personal(), 30);
        Assessment slow = trial.record(taking(1));
        Assessment next = trial.record(taking(1));
        // one earlier event with z = 1: the habit is 1 * 1/6; pace learned of the first in between
        double habit = slow.pace() / 6;
        double events = 31;
        double slowness = 1 / (1 + Math.exp(-1.702 * (next.pace() - habit)));
        assertThat(next.quality())
                .isCloseTo(1 - 0.2 * (0.5 + (slowness - 0.5) * events / (events + 30)), within(1e-12));
    }

    @Test
    void aHabitHalvesInThirtyDays() {
        Trial trial = knowing(personal(), 4000);
        double z = trial.record(taking(2)).pace();
        trial.clock("P30D");
        Assessment later = trial.record(taking(0));
        // n_c = 1/2: the habit is z * 0.5/5.5
        double events = 4001 * Math.pow(2, -30.0 / 7);
        double slowness = 1 / (1 + Math.exp(-1.702 * (later.pace() - z * 0.5 / 5.5)));
        assertThat(later.quality())
                .isCloseTo(1 - 0.2 * (0.5 + (slowness - 0.5) * events / (events + 30)), within(1e-9));
    }

    @Test
    void verdictsAreCountedByCell() {
        Trial trial = knowing(Trial.plain(), 30);
        trial.record(taking(-3));
        trial.record(taking(0).outcome(Outcome.FAILURE));
        Scoreboard.TouchpointScope cell =
                trial.touchstone().scoreboard().touchpoints().get(0);
        assertThat(cell.verdicts())
                .containsEntry(Verdict.EXCEEDED, 1L)
                .containsEntry(Verdict.MET, 30L)
                .containsEntry(Verdict.MISSED, 1L);
        assertThat(trial.touchstone().customer(CustomerId.of("ada")).verdicts())
                .containsExactly(Verdict.MISSED, Verdict.EXCEEDED);
    }
}
