package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1: how one event becomes a quality, and what took the rest of it away. */
class EventQualityTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** No duration, or one exactly as usual. */
    private static final double AS_USUAL = 0.9;

    private static Trial withTarget() {
        return Trial.of(c -> c.touchpoint("pay", t -> t.target(Duration.ofMillis(400))));
    }

    private static Trial apdex() {
        ScoreModel model = Trial.model()
                .curve(ScoreModel.Curve.STEP)
                .ease(false)
                .set(ModelConstant.PACE_SHARE, 0)
                .build();
        return Trial.of(c -> c.model(model).touchpoint("pay", t -> t.target(Duration.ofMillis(400))));
    }

    private static double quality(TouchpointEvent.Builder event) {
        return Trial.plain().record(event).quality();
    }

    private static double qualityAtTarget(TouchpointEvent.Builder event) {
        return withTarget().record(event).quality();
    }

    @Test
    void anOutcomeIsWorthWhatTheModelSays() {
        assertThat(quality(at("search").outcome(Outcome.SUCCESS))).isCloseTo(1 * AS_USUAL, EXACT);
        assertThat(quality(at("search").outcome(Outcome.DEGRADED))).isCloseTo(0.5 * AS_USUAL, EXACT);
        // giving up is also two units of effort
        assertThat(quality(at("search").outcome(Outcome.ABANDONED)))
                .isCloseTo(0.25 * AS_USUAL * Math.pow(2, -2.0 / 3), EXACT);
        assertThat(quality(at("search").outcome(Outcome.FAILURE))).isZero();
    }

    @Test
    void withoutAnOutcomeItSucceeded() {
        assertThat(quality(at("search"))).isCloseTo(AS_USUAL, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"200, 1", "400, 1", "800, 0.5", "1600, 0", "1601, 0", "1e9, 0"})
    void aDeclaredTargetIsUsedUpAtFourTimes(double durationMs, double promiseQuality) {
        assertThat(qualityAtTarget(at("pay").durationMs(durationMs))).isCloseTo(AS_USUAL * promiseQuality, EXACT);
    }

    @Test
    void betweenOnceAndFourTimesATargetQualityFallsWithTheLogarithm() {
        assertThat(qualityAtTarget(at("pay").durationMs(1000)))
                .isCloseTo(AS_USUAL * (1 - Math.log(2.5) / Math.log(4)), EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1500, 1501, 1e9})
    void aPromiseToTheCustomerIsUsedUpAtOneAndAHalf(double durationMs) {
        assertThat(quality(at("parcel").promiseMs(1000).durationMs(durationMs))).isZero();
    }

    @Test
    void aPromiseToTheCustomerFallsFasterThanATarget() {
        assertThat(quality(at("parcel").promiseMs(1000).durationMs(1000))).isCloseTo(AS_USUAL, EXACT);
        // 1 - ln 1.25 / ln 1.5 = 1 - 0.223144 / 0.405465
        assertThat(quality(at("parcel").promiseMs(1000).durationMs(1250)))
                .isCloseTo(AS_USUAL * 0.4496602867867915, EXACT);
    }

    @Test
    void aPromiseToTheCustomerBeatsTheTarget() {
        assertThat(qualityAtTarget(at("pay").promiseMs(2000).durationMs(1600))).isCloseTo(AS_USUAL, EXACT);
        assertThat(qualityAtTarget(at("pay").promiseMs(100).durationMs(150))).isZero();
    }

    @Test
    void aPromiseWithoutADurationIsNotJudged() {
        assertThat(quality(at("parcel").promiseMs(1))).isCloseTo(AS_USUAL, EXACT);
        assertThat(qualityAtTarget(at("pay"))).isCloseTo(AS_USUAL, EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoDurationOrPromiseCountsAsNone(double none) {
        Trial trial = withTarget();
        assertThat(trial.record(at("pay").durationMs(none)).quality()).isCloseTo(AS_USUAL, EXACT);
        assertThat(trial.record(at("pay").durationMs(800).promiseMs(none)).quality())
                .isCloseTo(0.5 * AS_USUAL, EXACT);
        assertThat(trial.touchstone().health().warnings(Warning.BAD_DURATION)).isEqualTo(1);
        assertThat(trial.touchstone().health().warnings(Warning.BAD_PROMISE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"400, 1", "400.001, 0.5", "1600, 0.5", "1600.001, 0"})
    void underTheStepCurveQualityIsThatOfApdex(double durationMs, double quality) {
        assertThat(apdex().record(at("pay").durationMs(durationMs)).quality()).isEqualTo(quality);
    }

    @Test
    void underTheStepCurveAFailureIsFrustrating() {
        assertThat(apdex().record(Trial.failureAt("pay").durationMs(1)).quality())
                .isZero();
        assertThat(apdex().record(at("pay").durationMs(1).transfers(100)).quality())
                .isEqualTo(1);
    }

    @Test
    void asUsualIsNineTenthsHoweverMuchIsKnown() {
        Trial trial = Trial.plain();
        for (int i = 0; i < 50; i++) {
            assertThat(trial.record(at("search").durationMs(180)).quality()).isCloseTo(AS_USUAL, EXACT);
        }
    }

    @Test
    void fasterThanUsualGainsAndSlowerLosesTheMoreTheMoreIsKnown() {
        Trial trial = Trial.plain();
        for (int i = 0; i < 30; i++) {
            trial.record(at("search").durationMs(100));
        }
        // n = 30, m = ln 100, s = 0 and so 0.2: twice as slow is z = ln 2 / 0.2, and n/(n+30) = 1/2
        double slowness = 1 / (1 + Math.exp(-1.702 * Math.log(2) / 0.2));
        Assessment slow = trial.record(at("search").durationMs(200));
        assertThat(slow.pace()).isCloseTo(Math.log(2) / 0.2, within(1e-9));
        assertThat(slow.quality()).isCloseTo(1 - 0.2 * (0.5 + (slowness - 0.5) / 2), within(1e-10));
        assertThat(trial.record(at("search").durationMs(1)).quality()).isBetween(0.9, 1.0);
    }

    @Test
    void withOneEventBeforePaceSaysLittle() {
        Trial trial = Trial.plain();
        trial.record(at("search").durationMs(100));
        // z = ln 2 / 0.2 = 3.4657, L = 1/(1 + e^-5.8987) = 0.997265; 1 - 0.2 (0.5 + 0.497265 / 31)
        assertThat(trial.record(at("search").durationMs(200)).quality()).isCloseTo(0.8967918422749859, EXACT);
    }

    @Test
    void theSpreadOfDurationsIsThatOfThePopulation() {
        Trial trial = Trial.plain();
        trial.record(at("search").durationMs(Math.exp(4)));
        trial.record(at("search").durationMs(Math.exp(6)));
        // mean 5, deviation sqrt(((4-5)^2 + (6-5)^2)/2) = 1
        assertThat(trial.record(at("search").durationMs(Math.exp(7))).pace()).isCloseTo(2, EXACT);
    }

    @Test
    void whatIsUsualHalvesItsWeightInSevenDays() {
        Trial trial = Trial.plain();
        trial.record(at("search").durationMs(100));
        trial.clock("P7D");
        double slowness = 1 / (1 + Math.exp(-1.702 * Math.log(2) / 0.2));
        assertThat(trial.record(at("search").durationMs(200)).quality())
                .isCloseTo(1 - 0.2 * (0.5 + (slowness - 0.5) * 0.5 / 30.5), EXACT);
    }

    @Test
    void whatIsUsualComesFromAllChannelsAndCustomersAtTheTouchpoint() {
        Trial trial = Trial.plain();
        trial.recordAll(TouchpointEvent.builder("search")
                .channel(dev.touchstone.event.Channel.WEB)
                .durationMs(100));
        trial.recordAll(TouchpointEvent.builder("search")
                .customer(CustomerId.of("bob"))
                .channel(dev.touchstone.event.Channel.PHONE)
                .durationMs(100));
        trial.recordAll(at("elsewhere").durationMs(1e6));
        assertThat(trial.record(at("search").durationMs(100 * Math.exp(0.2))).pace())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void failuresAndAbandonmentTeachNothingAboutWhatIsUsual() {
        Trial trial = Trial.plain();
        trial.record(at("search").outcome(Outcome.FAILURE).durationMs(1e6));
        trial.record(at("search").outcome(Outcome.ABANDONED).durationMs(1e6));
        assertThat(trial.record(at("search").durationMs(100)).pace()).isNaN();
        trial.record(at("search").outcome(Outcome.DEGRADED).durationMs(100));
        assertThat(trial.record(at("search").durationMs(100)).pace()).isZero();
    }

    @Test
    void threeUnitsOfEffortHalveAnExperience() {
        assertThat(quality(at("search").transfers(3))).isCloseTo(AS_USUAL / 2, EXACT);
        assertThat(quality(at("search").transfers(6))).isCloseTo(AS_USUAL / 4, EXACT);
        assertThat(quality(at("search").retries(1))).isCloseTo(AS_USUAL * Math.pow(2, -0.5 / 3), EXACT);
    }

    @Test
    void lossesFollowTheWaterfallAndSumToWhatIsMissing() {
        Assessment assessment = withTarget()
                .record(at("pay")
                        .outcome(Outcome.DEGRADED)
                        .durationMs(800)
                        .transfers(2)
                        .repeatedInformation(1)
                        .retries(0.5));
        // u = 2 + 0.75 + 0.25 = 3, so ease is 1/2: 1 -> 0.5 -> 0.25 -> 0.225 -> 0.1125
        assertThat(assessment.loss(LossDriver.OUTCOME)).isCloseTo(0.5, EXACT);
        assertThat(assessment.loss(LossDriver.PROMISE)).isCloseTo(0.25, EXACT);
        assertThat(assessment.loss(LossDriver.PACE)).isCloseTo(0.025, EXACT);
        assertThat(assessment.loss(LossDriver.EFFORT)).isCloseTo(0.1125, EXACT);
        assertThat(assessment.loss(LossDriver.FEEDBACK)).isZero();
        assertThat(assessment.quality()).isCloseTo(0.1125, EXACT);
    }
}
