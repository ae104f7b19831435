package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 6: journeys, from opening to their own score. */
class JourneyTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** What is left of an abandoned event by its two units of effort. */
    private static final double EASE = Math.pow(2, -2.0 / 3);

    /** The quality of an abandonment: 0.25 * 0.9 * 2^(-2/3) = 0.1417. */
    private static final double GIVEN_UP = 0.25 * 0.9 * EASE;

    private static Trial purchase() {
        return Trial.of(c -> c.touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.journey("purchase").importance(3))
                .journey("purchase", j -> j.ends("confirm")));
    }

    private static List<CustomerExperience.OpenJourney> open(Trial trial) {
        return trial.touchstone().customer(CustomerId.of("ada")).openJourneys();
    }

    /** Asserts started, completed, abandoned, unknown and open. */
    private static void counts(Trial trial, long started, long completed, long abandoned, long unknown, long open) {
        JourneyScope journey = trial.journey();
        assertThat(List.of(
                        journey.started(), journey.completed(), journey.abandoned(), journey.unknown(), journey.open()))
                .containsExactly(started, completed, abandoned, unknown, open);
    }

    /** The loss that the one closed journey has by a driver. */
    private static double loss(Trial trial, String driver) {
        Score score = trial.journey().baseline().experience();
        return score.explanation().part(driver) / 100 * (5 + score.evidence()) / score.evidence();
    }

    private static double quality(Trial trial) {
        return 1 - loss(trial, "outcome") - loss(trial, "promise") - loss(trial, "pace") - loss(trial, "effort");
    }

    @Test
    void aCompletedJourneyIsItsMeanItsWorstAndItsLastEvent() {
        Trial trial = purchase();
        trial.record(at("basket")); // 0.9
        trial.record(at("pay").outcome(Outcome.DEGRADED)); // 0.45
        trial.record(at("confirm").transfers(3)); // 0.45 by effort; the degraded one came earlier and is the worst
        counts(trial, 1, 1, 0, 0, 0);
        // mean 0.6, worst 0.45, last 0.45: 0.3 + 0.1125 + 0.1125
        assertThat(quality(trial)).isCloseTo(0.525, EXACT);
        // outcome 0, 0.5, 0; pace 0.1, 0.05, 0.1; effort 0, 0, 0.45
        assertThat(loss(trial, "outcome")).isCloseTo(0.5 * (0.5 / 3) + 0.25 * 0.5 + 0.25 * 0, EXACT);
        assertThat(loss(trial, "pace")).isCloseTo(0.5 * (0.25 / 3) + 0.25 * 0.05 + 0.25 * 0.1, EXACT);
        assertThat(loss(trial, "effort")).isCloseTo(0.5 * (0.45 / 3) + 0.25 * 0 + 0.25 * 0.45, EXACT);
        // w = 1, not the importance: N = 1, (3.75 + 0.525)/6
        assertThat(trial.journey().baseline().experience().value()).isCloseTo(100 * (3.75 + 0.525) / 6, EXACT);
        // all units of its events, one task
        assertThat(trial.journey().baseline().effort().value()).isCloseTo(50, EXACT);
        assertThat(trial.journey().baseline().effort().evidence()).isEqualTo(1);
    }

    @Test
    void theLastEventWeighsMoreThanTheFirst() {
        Trial badEnd = purchase();
        badEnd.record(at("basket"));
        badEnd.record(at("confirm").outcome(Outcome.DEGRADED));
        Trial badStart = purchase();
        badStart.record(at("basket").outcome(Outcome.DEGRADED));
        badStart.record(at("confirm"));
        // mean 0.675, worst 0.45, last 0.45 or 0.9
        assertThat(quality(badEnd)).isCloseTo(0.5 * 0.675 + 0.25 * 0.45 + 0.25 * 0.45, EXACT);
        assertThat(quality(badStart)).isCloseTo(0.5 * 0.675 + 0.25 * 0.45 + 0.25 * 0.9, EXACT);
    }

    @Test
    void aJourneyOfOneEventIsThatEvent() {
        Trial trial = Trial.of(c -> c.journey("single", j -> j.ends("once")));
        trial.record(at("once").transfers(3));
        counts(trial, 1, 1, 0, 0, 0);
        assertThat(quality(trial)).isCloseTo(0.45, EXACT);
    }

    @Test
    void feedbackIsNotPartOfAJourney() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.record(at("pay").feedback(Feedback.nps(0)));
        trial.recordAll(at("confirm").outcome(Outcome.SUCCESS).feedback(Feedback.nps(0)));
        assertThat(quality(trial)).isCloseTo(0.9, EXACT);
        assertThat(trial.journey().completedSteps()).isEqualTo(Map.of(2, 1L));
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 1", "DEGRADED, 1", "ABANDONED, 0", "FAILURE, 0"})
    void anEndingTouchpointCompletesWhenItSucceeds(Outcome outcome, long completed) {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.record(at("confirm").outcome(outcome));
        counts(trial, 1, completed, 0, 0, 1 - completed);
    }

    @Test
    void anEndOpensOnlyAJourneyThatHasNothingElse() {
        Trial trial = purchase();
        trial.record(at("confirm"));
        counts(trial, 0, 0, 0, 0, 0);
        Trial ends = Trial.of(c -> c.journey("single", j -> j.ends("once", "twice")));
        ends.record(failureAt("twice"));
        counts(ends, 1, 0, 0, 0, 1);
        ends.record(at("once"));
        counts(ends, 1, 1, 0, 0, 0);
    }

    @Test
    void anEventAfterTheEndIsOutsideTheJourney() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.record(at("confirm"));
        Assessment again = trial.record(at("confirm"));
        counts(trial, 1, 1, 0, 0, 0);
        assertThat(again.tasks()).isEqualTo(1);
        trial.record(at("basket"));
        counts(trial, 2, 1, 0, 0, 1);
    }

    @Test
    void anAbandonedJourneyIsWorthAQuarterAtMost() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.record(at("basket"));
        trial.record(at("basket"));
        trial.clock("PT30M0.001S");
        counts(trial, 1, 0, 1, 0, 0);
        // mean (3 * 0.9 + 0.1417)/4, worst and last 0.1417: 0.4260, capped
        double uncapped = 0.5 * (2.7 + GIVEN_UP) / 4 + 0.5 * GIVEN_UP;
        assertThat(uncapped).isGreaterThan(0.25);
        assertThat(quality(trial)).isCloseTo(0.25, EXACT);
        // the losses keep their proportions and sum to 0.75
        double scale = 0.75 / (1 - uncapped);
        assertThat(loss(trial, "outcome")).isCloseTo(scale * (0.5 * 0.75 / 4 + 0.5 * 0.75), EXACT);
        assertThat(loss(trial, "pace")).isCloseTo(scale * (0.5 * (0.3 + 0.025) / 4 + 0.5 * 0.025), EXACT);
        double effort = 0.225 * (1 - EASE);
        assertThat(loss(trial, "effort")).isCloseTo(scale * (0.5 * effort / 4 + 0.5 * effort), EXACT);
    }

    @Test
    void belowTheCapNothingIsScaled() {
        Trial trial = purchase();
        trial.record(failureAt("basket"));
        trial.clock("PT1H");
        // mean 0.0709, worst 0, last 0.1417
        assertThat(trial.journey().abandoned()).isEqualTo(1);
        assertThat(quality(trial)).isCloseTo(0.5 * GIVEN_UP / 2 + 0.25 * 0 + 0.25 * GIVEN_UP, EXACT);
        assertThat(loss(trial, "outcome")).isCloseTo(0.5 * (1 + 0.75) / 2 + 0.25 * 1 + 0.25 * 0.75, EXACT);
    }

    @Test
    void anAbandonedJourneyThatLostNothingLosesItByItsOutcome() {
        ScoreModel model = Trial.model()
                .set(ModelConstant.ABANDONED_QUALITY, 1)
                .set(ModelConstant.PACE_SHARE, 0)
                .ease(false)
                .build();
        Trial trial = Trial.of(c ->
                c.model(model).touchpoint("basket", t -> t.journey("purchase")).journey("purchase"));
        trial.record(at("basket"));
        trial.clock("PT1H");
        assertThat(quality(trial)).isCloseTo(0.25, EXACT);
        assertThat(loss(trial, "outcome")).isCloseTo(0.75, EXACT);
    }

    @Test
    void abandonmentIsOneMoreEventOfTheCustomerAndNotOfTheCell() {
        Trial trial = purchase();
        trial.record(at("basket")); // w 1.5
        trial.record(at("pay")); // w 3
        long before = trial.touchstone().scoreboard().overall().count();
        trial.clock("PT60M");
        trial.touchstone().scoreboard();
        // at 30 min with w = 3, the importance of the last event, and two units of the task that began at 0
        double opening = Math.pow(2, -60.0 / (30 * 24 * 60));
        double giving = Math.pow(2, -30.0 / (30 * 24 * 60));
        double events = 2 * opening + giving;
        double weight = 4.5 * opening + 3 * giving;
        double quality = 4.5 * 0.9 * opening + 3 * GIVEN_UP * giving;
        assertThat(trial.experience().evidence()).isCloseTo(events, EXACT);
        assertThat(trial.experience().value())
                .isCloseTo(100 * (3.75 + quality * events / weight) / (5 + events), within(1e-11));
        assertThat(trial.effort().evidence()).isCloseTo(opening, EXACT);
        assertThat(trial.effort().value()).isCloseTo(100 * (1 - EASE), within(1e-11));
        assertThat(trial.effort().explanation().part("abandonment")).isEqualTo(1);
        // it is no assessment to be counted, and the touchpoint has nothing to do with it
        assertThat(trial.touchstone().customer(CustomerId.of("ada")).count()).isEqualTo(2);
        assertThat(trial.touchstone().scoreboard().overall().count()).isEqualTo(before);
        assertThat(trial.touchstone().scoreboard().overall().baseline().effort().value())
                .isZero();
    }

    @Test
    void anAbandonedJourneyEntersItsEvidenceWhenItTimedOut() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.clock("P7DT30M");
        assertThat(trial.journey().baseline().experience().evidence()).isCloseTo(0.5, EXACT);
    }

    @Test
    void itTimedOutAfterTheTimeOfItsLastEventHoweverLateThatArrived() {
        Trial trial = purchase();
        trial.clock("PT3H").record(at("basket").time(Trial.START));
        trial.clock("P7DT30M");
        assertThat(trial.journey().baseline().experience().evidence()).isCloseTo(0.5, EXACT);
    }

    @Test
    void aCompletedJourneyEntersItsEvidenceAtItsLastEvent() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.clock("PT20M").record(at("confirm"));
        trial.clock("P7DT20M");
        assertThat(trial.journey().baseline().experience().evidence()).isCloseTo(0.5, EXACT);
    }

    @Test
    void whoSaidThatTheyGiveUpDoesNotAbandonOnceMore() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.record(at("pay").outcome(Outcome.ABANDONED));
        trial.clock("PT30M0.001S");
        counts(trial, 1, 0, 1, 0, 0);
        // mean (0.9 + 0.1417)/2, worst and last 0.1417: 0.3313, capped; the customer has two events and no third
        assertThat(quality(trial)).isCloseTo(0.25, EXACT);
        assertThat(trial.experience().evidence()).isCloseTo(2, within(1e-3));
        assertThat(trial.journey().baseline().effort().value()).isCloseTo(100 * (1 - EASE), EXACT);
    }

    @Test
    void whatIsGoodAfterAnAbandonedStepIsAbandonedAgain() {
        Trial trial = purchase();
        trial.record(at("pay").outcome(Outcome.ABANDONED));
        trial.record(at("basket"));
        trial.clock("PT30M0.001S");
        counts(trial, 1, 0, 1, 0, 0);
        assertThat(trial.experience().evidence()).isCloseTo(3, within(1e-3));
    }

    @Test
    void aLaterEventOfTheCustomerFindsTheJourneyTimedOut() {
        List<TouchpointEvent.Builder> any = List.of(
                at("elsewhere"),
                at("basket").feedback(Feedback.nps(9)),
                at("basket").feedback(Feedback.ces1(3)));
        for (TouchpointEvent.Builder event : any) {
            Trial trial = purchase();
            trial.record(at("basket"));
            trial.clock("PT29M").recordAll(event.time(Trial.time("PT30M")));
            assertThat(open(trial)).hasSize(1);
            trial.recordAll(event.time(Trial.time("PT30M0.001S")));
            assertThat(open(trial)).isEmpty();
            counts(trial, 1, 0, 1, 0, 0);
        }
    }

    @Test
    void aDroppedEventFindsNothingTimedOut() {
        Trial trial = purchase();
        trial.record(at("basket").id("e-1"));
        trial.clock("PT29M");
        try {
            trial.recordAll(at("basket").id("e-1").time(Trial.time("PT31M")));
        } catch (dev.touchstone.RecordingException expected) {
            // the trial is strict
        }
        assertThat(open(trial)).hasSize(1);
    }

    @Test
    void anEndJustAfterTheTimeOutIsTooLate() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.clock("PT30M0.001S").record(at("confirm"));
        counts(trial, 1, 0, 1, 0, 0);
    }

    @Test
    void silenceIsMeasuredFromTheArrivalOfTheLastEvent() {
        Trial trial = purchase();
        trial.clock("PT2H").record(at("basket").time(Trial.START));
        trial.clock("PT2H30M");
        counts(trial, 1, 0, 0, 0, 1);
        trial.clock("PT2H30M0.001S");
        counts(trial, 1, 0, 1, 0, 0);
    }

    @Test
    void aReadingBetweenSweepsJudgesACopy() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.clock("PT31M");
        assertThat(open(trial)).isEmpty();
        double judged = trial.experience().value();
        assertThat(trial.experience().value()).isEqualTo(judged);
        assertThat(trial.experience().evidence()).isCloseTo(2, within(1e-2));
        // an event of 29 min still finds the journey open
        trial.record(at("confirm").time(Trial.time("PT29M")));
        counts(trial, 1, 1, 0, 0, 0);
    }

    @Test
    void theTimesOfAJourneyAreThoseOfItsEventsInAnyOrder() {
        Trial trial = purchase();
        trial.clock("PT10M").record(at("basket"));
        trial.record(failureAt("basket").time(Trial.START));
        CustomerExperience.OpenJourney journey = open(trial).get(0);
        assertThat(journey.openedAt()).isEqualTo(Trial.time("PT10M"));
        assertThat(journey.lastEventAt()).isEqualTo(Trial.time("PT10M"));
        assertThat(journey.steps()).isEqualTo(2);
        // the failure arrived last: last quality 0, and the time-out runs from 10 min
        trial.clock("PT40M").record(at("elsewhere"));
        assertThat(open(trial)).hasSize(1);
        trial.record(at("confirm").time(Trial.time("PT1M")));
        // 0.9, 0 and 0.9: 0.5 * 0.6 + 0.25 * 0 + 0.25 * 0.9
        assertThat(quality(trial)).isCloseTo(0.525, EXACT);
    }

    @Test
    void abandonmentIsNobodysPreviousEvent() {
        Trial trial = purchase();
        trial.record(at("basket"));
        trial.clock("PT31M");
        trial.touchstone().scoreboard();
        Assessment next = trial.clock("PT32M").record(at("basket"));
        assertThat(next.effort().total()).isZero();
        assertThat(next.weight()).isEqualTo(1);
    }

    @Test
    void aFifthOpenJourneyDropsTheOneThatWasQuietLongest() {
        Trial trial = Trial.of(c -> {
            for (String name : List.of("a", "b", "c", "d", "e", "f")) {
                c.touchpoint(name, t -> t.journey(name)).journey(name);
            }
        });
        trial.record(at("a"));
        trial.record(at("b"));
        trial.clock("PT1M").record(at("c"));
        trial.clock("PT2M").record(at("d"));
        trial.clock("PT3M").record(at("a")); // now b is the quietest
        trial.record(at("e"));
        assertThat(open(trial)).extracting(CustomerExperience.OpenJourney::name).containsExactly("a", "c", "d", "e");
        // nothing is judged
        assertThat(trial.experience().evidence()).isCloseTo(6, within(1e-3));
        assertThat(trial.effort().value()).isZero();
        assertThat(trial.touchstone().health().warnings(Warning.JOURNEY_UNKNOWN))
                .isEqualTo(1);
        assertThat(trial.touchstone().scoreboard().journeys())
                .extracting(JourneyScope::unknown)
                .containsExactly(0L, 1L, 0L, 0L, 0L, 0L);
    }

    @Test
    void ofEquallyQuietJourneysTheFirstOpenedIsDropped() {
        Trial trial = Trial.of(c -> {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                c.touchpoint(name, t -> t.journey(name)).journey(name);
            }
        });
        for (String name : List.of("c", "a", "d", "b", "e")) {
            trial.record(at(name));
        }
        assertThat(open(trial)).extracting(CustomerExperience.OpenJourney::name).containsExactly("a", "d", "b", "e");
    }

    @Test
    void stepsRatesAndTimesAreReported() {
        Trial trial = Trial.of(c -> c.touchpoint("basket", t -> t.journey("purchase"))
                .journey("purchase", j -> j.ends("confirm").timeout(Duration.ofMinutes(5))));
        for (int steps = 2; steps <= 4; steps++) {
            CustomerId customer = CustomerId.of("done " + steps);
            for (int i = 1; i < steps; i++) {
                trial.recordAll(at("basket").customer(customer).time(Trial.START.minusSeconds(60L * steps)));
            }
            trial.recordAll(at("confirm").customer(customer));
        }
        trial.record(at("basket"));
        trial.clock("PT6M");
        JourneyScope journey = trial.journey();
        counts(trial, 4, 3, 1, 0, 0);
        assertThat(journey.completionRate()).hasValue(0.75);
        assertThat(journey.completionInterval()).isEqualTo(Interval.wilson(0.75, 4));
        assertThat(journey.medianSteps()).hasValue(3);
        assertThat(journey.completedSteps()).isEqualTo(Map.of(2, 1L, 3, 1L, 4, 1L));
        assertThat(journey.abandonedSteps()).isEqualTo(Map.of(1, 1L));
        assertThat(journey.dropOffAfter(1)).hasValue(0.25);
        assertThat(journey.dropOffAfter(2)).hasValue(0);
        assertThat(journey.dropOffAfter(5)).isEmpty();
        assertThat(journey.meanTimeToComplete()).contains(Duration.ofMinutes(3));
    }

    @Test
    void completionRateLeavesOutJourneysThatHadNoTimeToTimeOut() {
        Trial trial = purchase();
        for (int i = 0; i < 103; i++) {
            trial.record(at("basket").customer(CustomerId.of("lost " + i)));
        }
        for (int i = 0; i < 328; i++) {
            CustomerId customer = CustomerId.of("done " + i);
            trial.record(at("basket").customer(customer));
            trial.record(at("confirm").customer(customer));
        }
        trial.clock("PT29M59S");
        assertThat(trial.journey().completionRate()).isEmpty();
        assertThat(trial.journey().dropOffAfter(1)).isEmpty();
        assertThat(List.of(
                        trial.journey().completed(),
                        trial.journey().recent(),
                        trial.journey().rated()))
                .containsExactly(328L, 328L, 0L);
        trial.clock("PT30M1S");
        counts(trial, 431, 328, 103, 0, 0);
        assertThat(trial.journey().recent()).isZero();
        assertThat(trial.journey().completionRate()).hasValue(328 / 431.0);
        assertThat(trial.journey().completionInterval()).isEqualTo(Interval.wilson(328 / 431.0, 431));
        assertThat(trial.journey().dropOffAfter(1)).hasValue(103 / 431.0);
    }

    @Test
    void completedJourneyIsRatedOnceItsOpeningIsAsOldAsTheTimeout() {
        Trial trial = purchase();
        trial.clock("PT30M").record(at("basket")); // on a boundary of the sixtieth parts of half an hour
        trial.clock("PT45M").record(at("confirm"));
        assertThat(trial.clock("PT59M59S").journey().completionRate()).isEmpty();
        assertThat(trial.clock("PT60M").journey().completionRate()).hasValue(1);
        trial.clock("PT60M1S").record(at("basket").customer(CustomerId.of("bob")));
        trial.clock("PT60M2S").record(at("confirm").customer(CustomerId.of("bob")));
        assertThat(trial.clock("PT90M0.999S").journey().rated()).isEqualTo(1);
        assertThat(trial.clock("PT90M30S").journey().rated()).isEqualTo(2); // at most half a minute later
    }

    @Test
    void lateCompletedJourneyIsRatedAtOnce() {
        Trial trial = purchase();
        trial.recordAll(at("basket").time(Trial.time("PT-2H")));
        trial.recordAll(at("confirm").time(Trial.time("PT-119M")));
        assertThat(trial.journey().completionRate()).hasValue(1);
    }

    @Test
    void abandonedJourneyOfAnEventDatedAheadWaitsToo() {
        Trial trial = purchase();
        trial.recordAll(at("basket").time(Trial.time("PT4M")));
        counts(trial.clock("PT30M1S"), 1, 0, 1, 0, 0);
        assertThat(trial.journey().completionRate()).isEmpty();
        assertThat(trial.clock("PT34M").journey().completionRate()).hasValue(0);
    }
}
