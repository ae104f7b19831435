package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.RecordingException;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.ScoreModel;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Section 3: the decayed sums, and which events get into them at what time. */
class EvidenceTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final long HOUR = 3_600_000;
    private static final HalfLife HALF_LIFE = HalfLife.ofMillis(HOUR);

    private static Assessment assessment(long timeMs, long taskTimeMs, double weight) {
        return Assessment.of(
                Assessment.Kind.EVENT,
                timeMs,
                taskTimeMs,
                1,
                weight,
                Waterfall.ofFactors(0.5, 1, 0.9, 1),
                Effort.NONE,
                null,
                Double.NaN);
    }

    private static Evidence of(long... times) {
        Evidence evidence = new Evidence(HALF_LIFE);
        for (long time : times) {
            evidence.addForCustomer(assessment(time, time, 2));
        }
        return evidence;
    }

    @Test
    void weightHalvesWithEachHalfLife() {
        Evidence evidence = of(0, HOUR, 3 * HOUR);
        assertThat(evidence.at(3 * HOUR).events()).isCloseTo(1 + 0.25 + 0.125, EXACT);
        assertThat(evidence.at(3 * HOUR).weight()).isCloseTo(2 * 1.375, EXACT);
        assertThat(evidence.at(3 * HOUR).quality()).isCloseTo(2 * 1.375 * 0.45, EXACT);
        assertThat(evidence.at(4 * HOUR).events()).isCloseTo(1.375 / 2, EXACT);
        // (sum g w)^2 / sum (g w)^2
        assertThat(evidence.at(0).equallyWeighted()).isCloseTo(1.375 * 1.375 / (1 + 0.0625 + 0.015625), EXACT);
        assertThat(evidence.count()).isEqualTo(3);
    }

    @Test
    void anEventBetweenTwoEpochsHasTheWeightOfItsAge() {
        assertThat(of(HOUR / 4).at(HOUR).events()).isCloseTo(Math.pow(2, -0.75), EXACT);
        assertThat(of(-HOUR / 4).at(HOUR).events()).isCloseTo(Math.pow(2, -1.25), EXACT);
    }

    @Test
    void theOrderOfTimesDoesNotMatter() {
        assertThat(of(0, HOUR, 3 * HOUR).at(5 * HOUR).events())
                .isCloseTo(of(3 * HOUR, 0, HOUR).at(5 * HOUR).events(), EXACT);
    }

    @Test
    void mergingAlignsEpochs() {
        Evidence early = of(0, HOUR / 2);
        Evidence late = of(10 * HOUR);
        Evidence one = early.copy();
        one.addAll(late);
        Evidence other = late.copy();
        other.addAll(early);
        double events = 1 + Math.pow(2, -10) + Math.pow(2, -9.5);
        assertThat(one.at(10 * HOUR).events()).isCloseTo(events, EXACT);
        assertThat(other.at(10 * HOUR).events()).isCloseTo(events, EXACT);
        assertThat(one.at(0).equallyWeighted()).isCloseTo(other.at(0).equallyWeighted(), EXACT);
        assertThat(one.at(0).equallyWeighted())
                .isCloseTo(events * events / (1 + Math.pow(2, -20) + Math.pow(2, -19)), EXACT);
        assertThat(one.count()).isEqualTo(3);
        assertThat(early.count()).isEqualTo(2);
    }

    @Test
    void anEmptyOneChangesNothingAndHasNothing() {
        Evidence evidence = of(HOUR);
        evidence.addAll(new Evidence(HALF_LIFE));
        assertThat(evidence.at(HOUR).events()).isEqualTo(1);
        Evidence empty = new Evidence(HALF_LIFE);
        assertThat(empty.at(HOUR).events()).isZero();
        empty.addAll(of(HOUR));
        assertThat(empty.at(HOUR).events()).isEqualTo(1);
    }

    @Test
    void tasksAreWeighedAtTheirOwnTimeInTheScopeOfACustomerOnly() {
        Evidence customer = new Evidence(HALF_LIFE);
        customer.addForCustomer(assessment(HOUR, 0, 1));
        assertThat(customer.at(HOUR).tasks()).isCloseTo(0.5, EXACT);
        Evidence cell = new Evidence(HALF_LIFE);
        cell.add(assessment(HOUR, 0, 1));
        assertThat(cell.at(HOUR).tasks()).isEqualTo(1);
    }

    @Test
    void aTaskLaterThanItsEventIsWeighedAtItsTimeToo() {
        Evidence customer = new Evidence(HALF_LIFE);
        customer.addForCustomer(assessment(0, 2 * HOUR, 1));
        assertThat(customer.at(2 * HOUR).events()).isCloseTo(0.25, EXACT);
        assertThat(customer.at(2 * HOUR).tasks()).isCloseTo(1, EXACT);
    }

    @Test
    void withoutDecayEverythingCountsOne() {
        Evidence lifetime = new Evidence(HalfLife.NONE);
        lifetime.addForCustomer(assessment(Long.MIN_VALUE, 0, 1));
        lifetime.addForCustomer(assessment(Long.MAX_VALUE, 0, 1));
        assertThat(lifetime.at(0).events()).isEqualTo(2);
    }

    @Test
    void evidenceReadLongBeforeItCameToBeIsNotInfinite() {
        Evidence evidence = of(0, 5000 * HOUR);
        Scorer scorer = new Scorer(ScoreModel.STANDARD);
        assertThat(scorer.experience(evidence.at(0)).value()).isCloseTo(45, within(1e-6));
        assertThat(scorer.experience(evidence.at(0)).evidence()).isFinite();
        assertThat(scorer.effort(evidence.at(Long.MIN_VALUE)).value()).isZero();
    }

    @Test
    void anEventOfTheNextFiveMinutesKeepsItsTime() {
        Trial trial = Trial.plain();
        assertThat(trial.record(at("a").time(Trial.time("PT5M"))).timeMs())
                .isEqualTo(Trial.time("PT5M").toEpochMilli());
        assertThat(trial.touchstone().health().warnings(Warning.CLOCK_SKEW)).isZero();
    }

    @Test
    void aLaterEventIsTakenAsNow() {
        Trial trial = Trial.plain();
        assertThat(trial.record(at("a").time(Trial.time("PT5M0.001S"))).timeMs())
                .isEqualTo(Trial.START.toEpochMilli());
        assertThat(trial.touchstone().health().warnings(Warning.CLOCK_SKEW)).isEqualTo(1);
    }

    @Test
    void fourHundredDaysAreOldAndNotTooOld() {
        Trial trial = Trial.plain();
        trial.record(at("a").time(Trial.time("P-400D")));
        assertThat(trial.experience().evidence()).isCloseTo(Math.pow(2, -40.0 / 3), EXACT);
        assertThatThrownBy(() -> trial.recordAll(at("a").time(Trial.time("P-400DT-0.001S"))))
                .isInstanceOf(RecordingException.class);
        assertThat(trial.touchstone().health().dropped(DropReason.TOO_OLD)).isEqualTo(1);
    }

    @Test
    void finerThanAMillisecondIsTruncated() {
        assertThat(Trial.plain().record(at("a").time(Trial.START.minusNanos(1))).timeMs())
                .isEqualTo(Trial.START.toEpochMilli() - 1);
        assertThat(Trial.plain()
                        .record(at("a").time(Trial.START.plusNanos(999_999)))
                        .timeMs())
                .isEqualTo(Trial.START.toEpochMilli());
    }

    @Test
    void anIdIsRememberedForTheLast65536AcceptedEventsThatHadOne() {
        Trial trial = Trial.plain();
        trial.recordAll(at("a").id("first"));
        for (int i = 0; i < 65_535; i++) {
            trial.recordAll(TouchpointEvent.builder("a").id("e-" + i));
            if (i % 100 == 0) {
                trial.recordAll(TouchpointEvent.builder("a")); // has none, so pushes none out
            }
        }
        assertThatThrownBy(() -> trial.recordAll(at("a").id("first"))).isInstanceOf(RecordingException.class);
        assertThat(trial.touchstone().health().dropped(DropReason.DUPLICATE)).isEqualTo(1);
        trial.recordAll(at("a").id("one more"));
        trial.recordAll(at("a").id("first"));
        assertThat(trial.experience().evidence()).isCloseTo(3, EXACT);
    }

    @Test
    void countsAreOfAssessments() {
        Trial trial = Trial.plain();
        trial.recordAll(at("a").outcome(Outcome.SUCCESS).feedback(Feedback.nps(9)));
        trial.recordAll(at("a").feedback(Feedback.ces2(5)));
        assertThat(trial.touchstone().scoreboard().overall().count()).isEqualTo(2);
        assertThat(trial.touchstone().health().accepted()).isEqualTo(2);
    }
}
