package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.LossDriver;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 1: what customers answer. */
class FeedbackQualityTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static Assessment answer(Feedback feedback) {
        return Trial.plain().record(at("shop").feedback(feedback));
    }

    @ParameterizedTest
    @CsvSource({"NPS, 0, 0", "NPS, 9, 0.9", "NPS, 10, 1", "CSAT, 1, 0", "CSAT, 4, 0.75", "CSAT, 5, 1"})
    void anAnswerIsWorthItsPlaceOnTheScale(Feedback.Scale scale, double value, double quality) {
        Assessment assessment = answer(Feedback.of(scale, value));
        assertThat(assessment.quality()).isCloseTo(quality, EXACT);
        assertThat(assessment.weight()).isEqualTo(3);
    }

    @Test
    void aRatingBringsItsScaleAlong() {
        assertThat(answer(Feedback.rating(80, 0, 100)).quality()).isCloseTo(0.8, EXACT);
        assertThat(answer(Feedback.rating(-1, -3, 1)).quality()).isCloseTo(0.5, EXACT);
        assertThat(answer(Feedback.rating(0, -Double.MAX_VALUE, Double.MAX_VALUE))
                        .quality())
                .isCloseTo(0.5, EXACT);
        assertThat(answer(Feedback.rating(Double.MIN_VALUE, 0, Double.MIN_VALUE))
                        .quality())
                .isEqualTo(1);
        assertThat(answer(Feedback.rating(80, 0, 100)).weight()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "-0.5, 0.375", "0, 0.75", "0.2, 0.8", "1, 1"})
    void sentimentBendsAtTheModelsMean(double sentiment, double quality) {
        Assessment assessment = answer(Feedback.sentiment(sentiment));
        assertThat(assessment.quality()).isCloseTo(quality, EXACT);
        assertThat(assessment.weight()).isEqualTo(1);
    }

    @Test
    void anAnswerHasNoTaskNoEffortAndNoVerdict() {
        Assessment assessment = answer(Feedback.nps(3));
        assertThat(assessment.kind()).isEqualTo(Assessment.Kind.FEEDBACK);
        assertThat(assessment.tasks()).isZero();
        assertThat(assessment.ownTasks()).isZero();
        assertThat(assessment.effort().total()).isZero();
        assertThat(assessment.verdict()).isEmpty();
        assertThat(assessment.loss(LossDriver.FEEDBACK)).isCloseTo(0.7, EXACT);
        assertThat(assessment.loss(LossDriver.OUTCOME)).isZero();
        assertThat(assessment.loss(LossDriver.PACE)).isZero();
    }

    @Test
    void anAnswerBesideSomethingThatHappenedIsAnAssessmentOfItsOwn() {
        List<TouchpointEvent.Builder> both = List.of(
                at("shop").outcome(Outcome.SUCCESS),
                at("shop").durationMs(5),
                at("shop").promiseMs(5),
                at("shop").retries(1),
                at("shop").excessSteps(0.1),
                at("shop").transfers(1),
                at("shop").repeatedInformation(1));
        for (TouchpointEvent.Builder event : both) {
            List<Assessment> assessments = Trial.plain().recordAll(event.feedback(Feedback.nps(10)));
            assertThat(assessments)
                    .extracting(Assessment::kind)
                    .containsExactly(Assessment.Kind.EVENT, Assessment.Kind.FEEDBACK);
            assertThat(assessments).extracting(Assessment::timeMs).containsOnly(Trial.START.toEpochMilli());
        }
    }

    @Test
    void anAnswerBesideNothingValidStaysAlone() {
        List<TouchpointEvent.Builder> alone = List.of(
                at("shop"),
                at("shop").durationMs(-5),
                at("shop").promiseMs(Double.NaN),
                at("shop").retries(-1),
                at("shop").transfers(0));
        for (TouchpointEvent.Builder event : alone) {
            assertThat(Trial.plain().recordAll(event.feedback(Feedback.nps(10))))
                    .extracting(Assessment::kind)
                    .containsExactly(Assessment.Kind.FEEDBACK);
        }
    }

    @Test
    void anAnswerIsNobodysPreviousEvent() {
        Trial trial = Trial.plain();
        trial.record(Trial.failureAt("pay"));
        trial.record(at("elsewhere").feedback(Feedback.nps(0)));
        assertThat(trial.record(at("pay")).effort().units(EffortDriver.RETRY)).isEqualTo(0.5);
    }

    @Test
    void anAnswerOpensExtendsAndCompletesNoJourney() {
        Trial trial = Trial.of(c -> c.touchpoint("basket", t -> t.journey("purchase"))
                .journey("purchase", j -> j.ends("confirm").timeout(Duration.ofMinutes(30))));
        trial.record(at("basket").feedback(Feedback.nps(10)));
        assertThat(trial.journey().started()).isZero();
        trial.record(at("basket"));
        trial.clock("PT20M").record(at("confirm").feedback(Feedback.nps(10)));
        assertThat(trial.journey().open()).isEqualTo(1);
        assertThat(trial.touchstone()
                        .customer(CustomerId.of("ada"))
                        .openJourneys()
                        .get(0)
                        .steps())
                .isEqualTo(1);
        // 30 min after the only event: the answer in between has not extended it
        trial.clock("PT30M0.001S");
        assertThat(trial.journey().abandoned()).isEqualTo(1);
    }

    @Test
    void anAnswerAboutEffortLeavesNoTrace() {
        Trial trial = Trial.plain();
        assertThat(trial.recordAll(at("shop").feedback(Feedback.ces1(5)))).isEmpty();
        assertThat(trial.recordAll(at("shop").feedback(Feedback.ces2(1)))).isEmpty();
        assertThat(trial.experience().isPresent()).isFalse();
        assertThat(trial.effort().isPresent()).isFalse();
        assertThat(trial.touchstone().scoreboard().touchpoints()).isEmpty();
        assertThat(trial.touchstone().scoreboard().overall().count()).isZero();
        assertThat(trial.touchstone().health().accepted()).isEqualTo(2);
        assertThat(trial.recordAll(at("shop").feedback(Feedback.ces2(1)).durationMs(5)))
                .extracting(Assessment::kind)
                .containsExactly(Assessment.Kind.EVENT);
    }

    @Test
    void aDeclaredTouchpointThatOnlyMetAnswersAboutEffortStaysOnTheBoard() {
        Trial trial = Trial.of(c -> c.touchpoint("shop"));
        trial.recordAll(at("shop").feedback(Feedback.ces2(1)));
        assertThat(trial.touchstone().scoreboard().touchpoints())
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.definition().name()).isEqualTo("shop");
                    assertThat(cell.status()).isEqualTo(dev.touchstone.Scoreboard.Status.NEVER_SEEN);
                    assertThat(cell.scores().count()).isZero();
                });
    }

    @Test
    void anAnswerOffItsScaleDropsTheWholeEvent() {
        List<Feedback> bad = List.of(
                Feedback.nps(-0.1),
                Feedback.nps(10.1),
                Feedback.nps(Double.NaN),
                Feedback.csat(0.9),
                Feedback.csat(5.1),
                Feedback.ces1(6),
                Feedback.ces2(8),
                Feedback.sentiment(1.01),
                Feedback.sentiment(Double.POSITIVE_INFINITY),
                Feedback.rating(1, 1, 1),
                Feedback.rating(1, 2, 0),
                Feedback.rating(1, 0, Double.POSITIVE_INFINITY),
                Feedback.of(Feedback.Scale.RATING, 1));
        for (Feedback feedback : bad) {
            Touchstone touchstone = Touchstone.create();
            touchstone.record(
                    at("shop").id("e-1").durationMs(5).feedback(feedback).build());
            touchstone.record(at("shop").id("e-1").build());
            assertThat(touchstone.health().dropped(DropReason.BAD_FEEDBACK))
                    .as(feedback.toString())
                    .isEqualTo(1);
            assertThat(touchstone.health().accepted()).isEqualTo(1);
            touchstone.close();
        }
    }
}
