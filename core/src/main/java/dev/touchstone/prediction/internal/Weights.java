package dev.touchstone.prediction.internal;

import java.util.List;

/**
 * The state of a learner after its latest answer, for predictions without allocation or lock. Immutable except for the
 * effects of keys, which always have their last learned values. Thread-safe if the {@linkplain Learner.Maps maps} of
 * the learner are concurrent.
 */
public final class Weights {

    private final long answers;
    // whether all weights and keys are used
    private final boolean all;
    private final double[] mean;
    private final double[] covariance;
    private final Recalibration recalibration;
    private final double predictorOfHalf;
    private final EffectTable[] tables;

    Weights(long answers, boolean all, Gaussian weights, Recalibration recalibration, List<EffectTable> tables) {
        this.answers = answers;
        this.all = all;
        this.mean = weights.means();
        this.covariance = weights.quadratic();
        this.recalibration = recalibration.copy();
        this.predictorOfHalf = recalibration.predictorOfHalf();
        this.tables = all ? tables.toArray(new EffectTable[0]) : new EffectTable[0];
    }

    /** Returns the number of answers learned. */
    public long answers() {
        return answers;
    }

    /** Sets the {@linkplain Learner#predictor predictor} of an event that was just assessed. */
    public void predict(AwaitedAnswer awaited) {
        LogOdds logOdds = logOdds(awaited);
        awaited.predictor(Chances.shrunkFloat(logOdds.mean, logOdds.variance));
    }

    /** Returns the probability of a bad answer to an event. */
    public Chances chances(AwaitedAnswer awaited) {
        LogOdds logOdds = logOdds(awaited);
        return Chances.of(logOdds.mean, logOdds.variance, recalibration);
    }

    /** Returns whether the interval of a bad answer lies above 0.5. For most events the predictor alone decides. */
    public boolean isSurelyBad(AwaitedAnswer awaited) {
        return awaited.predictor() > predictorOfHalf && chances(awaited).low() > 0.5;
    }

    private LogOdds logOdds(AwaitedAnswer awaited) {
        double badness = awaited.badness();
        double sum = awaited.mean(mean, all, badness);
        double variance = awaited.variance(covariance, all, badness);
        for (EffectTable table : tables) {
            if (table.isOf(awaited)) {
                Effect effect = table.find(awaited);
                double kept = effect == null ? 0 : effect.kept(awaited.timeMs());
                sum += effect == null ? 0 : kept * effect.mean();
                variance += Effect.PRIOR_VARIANCE
                        - (effect == null ? 0 : (Effect.PRIOR_VARIANCE - effect.variance()) * kept * kept);
            }
        }
        return new LogOdds(sum, Math.max(0, variance));
    }

    /** Normally distributed log-odds of a bad answer. */
    private record LogOdds(double mean, double variance) {}
}
