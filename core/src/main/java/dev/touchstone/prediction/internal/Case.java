package dev.touchstone.prediction.internal;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import java.util.Collections;
import java.util.List;

/** An assessed event as input for the learner, from its assessment until its answer. Immutable. */
public final class Case {

    /** The names of the features. */
    static final List<String> FEATURES =
            List.of("base", "quality", "outcome", "promise", "pace", "effort", "anyEffort", "slowness");

    /** The number of features that a prediction uses until the learner has enough answers for all of them. */
    static final int FIRST_FEATURES = 2;

    private static final double LEAST_QUALITY = 0.02;
    /** The usual quality, on time and at the usual pace, is 0.9. */
    private static final double USUAL_LOG_ODDS = Math.log(1 / 9.0);

    static final double MOST_PACE = 3;

    private final double[] features;
    private final List<String> keys;
    private final boolean missed;

    /**
     * Creates a case.
     *
     * @param features a number for each of {@link #FEATURES}; must not be modified
     * @param keys the key of the event for each effect, empty if the event has none
     * @param missed whether the verdict was MISSED
     */
    public Case(double[] features, List<String> keys, boolean missed) {
        this.features = features;
        this.keys = List.copyOf(keys);
        this.missed = missed;
    }

    /** Returns the case of an assessed event. */
    public static Case of(Assessment assessment, List<String> keys) {
        double pace = assessment.pace();
        double[] features = features(
                assessment.quality(),
                assessment.loss(LossDriver.OUTCOME),
                assessment.loss(LossDriver.PROMISE),
                assessment.loss(LossDriver.PACE),
                assessment.loss(LossDriver.EFFORT),
                assessment.effort().total() > 0,
                Double.isNaN(pace) ? 0 : Math.max(-MOST_PACE, Math.min(pace, MOST_PACE)));
        return new Case(features, keys, assessment.verdictOrNull() == Verdict.MISSED);
    }

    static double[] features(
            double quality,
            double outcome,
            double promise,
            double pace,
            double effort,
            boolean anyEffort,
            double slowness) {
        return new double[] {
            1, badness(quality), outcome, promise, paceFeature(pace), effort, anyEffort ? 1 : 0, slowness
        };
    }

    /** Returns the log-odds of the missing quality, relative to the usual ones. */
    static double badness(double quality) {
        double bounded = Math.max(LEAST_QUALITY, Math.min(quality, 1 - LEAST_QUALITY));
        return Math.log((1 - bounded) / bounded) - USUAL_LOG_ODDS;
    }

    static double paceFeature(double loss) {
        return 5 * loss - 0.5;
    }

    /** Returns the case without the parts that a prediction from few answers ignores. */
    Case reduced() {
        double[] first = new double[features.length];
        System.arraycopy(features, 0, first, 0, FIRST_FEATURES);
        return new Case(first, Collections.nCopies(keys.size(), ""), missed);
    }

    /** Returns a number for each of {@link #FEATURES}. Must not be modified. */
    double[] features() {
        return features;
    }

    /** Returns the key of the event for each effect. */
    List<String> keys() {
        return keys;
    }

    /** Returns whether the verdict was MISSED. */
    boolean missed() {
        return missed;
    }
}
