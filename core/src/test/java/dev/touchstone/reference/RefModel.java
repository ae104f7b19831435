package dev.touchstone.reference;

import java.util.EnumMap;
import java.util.Map;

/**
 * Every constant of the scoring page. {@link #touchstone1()} is the page; the {@code with} methods change what tests
 * change, everything else can be changed through the constructors.
 */
public record RefModel(
        double k,
        double mu,
        double z95,
        double absentBelow,
        boolean decay,
        HalfLives halfLives,
        Outcomes outcomes,
        PromiseRule promise,
        PaceRule pace,
        EaseRule ease,
        Weights weights,
        Units units,
        JourneyRule journeys,
        VerdictRule verdicts,
        Admission admission) {

    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    public enum Curve {
        LOG,
        STEP
    }

    public enum Expectation {
        POPULATION,
        PERSONAL
    }

    public record HalfLives(double customer, double now, double baseline, double pace, double personal) {}

    public record Outcomes(double success, double degraded, double abandoned, double failure) {
        double of(RefOutcome outcome) {
            return switch (outcome) {
                case SUCCESS -> success;
                case DEGRADED -> degraded;
                case ABANDONED -> abandoned;
                case FAILURE -> failure;
            };
        }
    }

    public record PromiseRule(
            Curve curve, double phiDeclared, double phiPromised, double stepTolerated, double stepQuality) {}

    public record PaceRule(double share, double trust, double leastDeviation, double slope) {}

    /** {@code quality} units halve an experience, {@code score} units halve what is left to 100 of the effort score. */
    public record EaseRule(boolean on, double quality, double score) {}

    public record Weights(
            double importanceDefault,
            double first,
            double repeatFailure,
            long repeatFailureWithin,
            double feedback,
            double sentiment) {}

    public record Units(
            double retry,
            double excessStep,
            double transfer,
            double channelSwitch,
            double repeatedInformation,
            double repeatContact,
            double abandonment,
            double mostStated,
            long retryWithin,
            long sameContactWithin,
            long repeatContactWithin,
            long repeatedTaskAtMost) {

        /** Counts times sizes. */
        Map<RefUnit, Double> of(Map<RefUnit, Double> counts) {
            Map<RefUnit, Double> units = new EnumMap<>(RefUnit.class);
            counts.forEach((unit, count) -> units.put(unit, count * size(unit)));
            return units;
        }

        private double size(RefUnit unit) {
            return switch (unit) {
                case RETRY -> retry;
                case EXCESS_STEP -> excessStep;
                case TRANSFER -> transfer;
                case CHANNEL_SWITCH -> channelSwitch;
                case REPEATED_INFORMATION -> repeatedInformation;
                case REPEAT_CONTACT -> repeatContact;
                case ABANDONMENT -> abandonment;
            };
        }
    }

    public record JourneyRule(double mean, double worst, double last, double abandonedAtMost, int mostOpen) {}

    public record VerdictRule(
            Expectation expectation,
            double missedUnits,
            double exceededZ,
            double missedZ,
            double leastEvents,
            double personalTrust,
            double personalMost) {}

    public record Admission(long tooOldAfter, long skewAfter, int ids) {}

    public static RefModel touchstone1() {
        return new RefModel(
                5,
                0.75,
                1.96,
                Math.pow(2, -20),
                true,
                new HalfLives(30.0 * DAY, HOUR, 7.0 * DAY, 7.0 * DAY, 30.0 * DAY),
                new Outcomes(1, 0.5, 0.25, 0),
                new PromiseRule(Curve.LOG, 4, 1.5, 4, 0.5),
                new PaceRule(0.2, 30, 0.2, 1.702),
                new EaseRule(true, 3, 3),
                new Weights(1, 1.5, 1.5, 90 * DAY, 3, 1),
                new Units(0.5, 0.15, 1, 1, 0.75, 2, 2, 100, 10 * MINUTE, 30 * MINUTE, 7 * DAY, 30 * DAY),
                new JourneyRule(0.5, 0.25, 0.25, 0.25, 4),
                new VerdictRule(Expectation.POPULATION, 3, -1, 1, 30, 5, 1),
                new Admission(400 * DAY, 5 * MINUTE, 65_536));
    }

    public RefModel withPrior(double newK, double newMu) {
        return new RefModel(
                newK,
                newMu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                promise,
                pace,
                ease,
                weights,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withDecay(boolean on) {
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                on,
                halfLives,
                outcomes,
                promise,
                pace,
                ease,
                weights,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withPromise(PromiseRule value) {
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                value,
                pace,
                ease,
                weights,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withCurve(Curve curve) {
        return withPromise(new PromiseRule(
                curve, promise.phiDeclared(), promise.phiPromised(), promise.stepTolerated(), promise.stepQuality()));
    }

    public RefModel withPaceShare(double share) {
        PaceRule value = new PaceRule(share, pace.trust(), pace.leastDeviation(), pace.slope());
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                promise,
                value,
                ease,
                weights,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withEase(boolean on) {
        EaseRule value = new EaseRule(on, ease.quality(), ease.score());
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                promise,
                pace,
                value,
                weights,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withWeights(Weights value) {
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                promise,
                pace,
                ease,
                value,
                units,
                journeys,
                verdicts,
                admission);
    }

    public RefModel withImportanceDefault(double importance) {
        return withWeights(new Weights(
                importance,
                weights.first(),
                weights.repeatFailure(),
                weights.repeatFailureWithin(),
                weights.feedback(),
                weights.sentiment()));
    }

    public RefModel withExpectation(Expectation expectation) {
        VerdictRule value = new VerdictRule(
                expectation,
                verdicts.missedUnits(),
                verdicts.exceededZ(),
                verdicts.missedZ(),
                verdicts.leastEvents(),
                verdicts.personalTrust(),
                verdicts.personalMost());
        return new RefModel(
                k,
                mu,
                z95,
                absentBelow,
                decay,
                halfLives,
                outcomes,
                promise,
                pace,
                ease,
                weights,
                units,
                journeys,
                value,
                admission);
    }
}
