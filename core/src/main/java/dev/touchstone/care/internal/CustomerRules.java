package dev.touchstone.care.internal;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.Scorer;
import org.jspecify.annotations.Nullable;

/**
 * Rules for whether a customer is at risk, recovered or an advocate. They run for every event, so the expensive checks
 * come last and are usually skipped. Immutable and thread-safe.
 */
public final class CustomerRules {

    /** The minimum importance of a touchpoint at which a single failure is a risk. */
    public static final double MOMENT_OF_TRUTH = 3;

    /** The minimum number of answers that a prediction must be learned from. */
    public static final long ENOUGH_ANSWERS = 500;

    static final String RECOVERED = "experience and effort are good again and there was no recent miss";

    private static final double POOR_EXPERIENCE = 60;
    private static final double HIGH_EFFORT = 70;
    private static final double GOOD_EXPERIENCE = 70;
    private static final double LOW_EFFORT = 60;
    private static final int LATEST = 3;
    private static final double GREAT_EXPERIENCE = 85;
    private static final double ENOUGH_EVENTS = 10;
    private static final int ALL_VERDICTS = 10;
    private static final double LESS_THAN_GREAT = 80;
    private static final double PROMOTER = 9;
    private static final double DETRACTOR = 6;

    private final Scorer scorer;
    private final double highUnits;
    private final double lowUnits;

    /** Creates rules for a scorer. */
    public CustomerRules(Scorer scorer) {
        this.scorer = scorer;
        this.highUnits = scorer.unitsPerTask(HIGH_EFFORT);
        this.lowUnits = scorer.unitsPerTask(LOW_EFFORT);
    }

    /** Returns whether an outcome is a risk by itself. */
    public static boolean isFailureAtMomentOfTruth(Outcome outcome, double importance) {
        return outcome == Outcome.FAILURE && importance >= MOMENT_OF_TRUTH;
    }

    /** Returns the experience score that the rules compare; NaN if there is none. */
    public double experience(Evidence evidence, long nowMs) {
        return scorer.experienceValue(evidence, nowMs);
    }

    /**
     * Returns whether no rule can apply to a customer without signals, whatever the time. A fast check that holds for
     * nearly all customers.
     */
    public boolean isOrdinary(CustomerState state, @Nullable Feedback answer) {
        return answer == null
                && scorer.isWithin(state.evidence(), POOR_EXPERIENCE, highUnits)
                && (state.missedWithin(ALL_VERDICTS) || !scorer.mayReach(state.evidence(), GREAT_EXPERIENCE));
    }

    /** Returns the reason why the scores put the customer at risk; null if they do not. */
    public @Nullable String risk(Evidence evidence, double experience, long nowMs) {
        if (experience < POOR_EXPERIENCE
                && 100 * scorer.experienceShare(evidence.at(nowMs), experience).high() < POOR_EXPERIENCE) {
            return "experience below 60";
        }
        return scorer.isAbove(evidence, highUnits) && isClearlyHigh(scorer.effort(evidence.at(nowMs)))
                ? "effort above 70"
                : null;
    }

    private static boolean isClearlyHigh(Score effort) {
        return effort.isPresent() && effort.interval().low() > HIGH_EFFORT;
    }

    /** Returns whether a customer at risk has recovered. */
    public boolean isRecovered(CustomerState state, double experience, long nowMs) {
        return experience >= GOOD_EXPERIENCE && !isLaborious(state.evidence(), nowMs) && !state.missedWithin(LATEST);
    }

    private boolean isLaborious(Evidence evidence, long nowMs) {
        return scorer.isAbove(evidence, lowUnits)
                && scorer.effort(evidence.at(nowMs)).isPresent();
    }

    /** Returns the reason why a customer is an advocate; null if the customer is not an advocate. */
    public @Nullable String advocacy(CustomerState state, double experience, @Nullable Feedback answer, long nowMs) {
        if (answer != null
                && answer.scale() == Feedback.Scale.NPS
                && answer.value().orElse(0) >= PROMOTER) {
            return "answered nps 9 or 10";
        }
        boolean great = experience >= GREAT_EXPERIENCE
                && !state.missedWithin(ALL_VERDICTS)
                && isClearlyGreat(state.evidence().at(nowMs), experience);
        return great ? "experience above 85" : null;
    }

    private boolean isClearlyGreat(Evidence.Reading evidence, double experience) {
        return evidence.events() >= ENOUGH_EVENTS
                && 100 * scorer.experienceShare(evidence, experience).low() >= GREAT_EXPERIENCE;
    }

    /** Returns the reason why an advocate is no longer an advocate; null if the customer still is. */
    public @Nullable String disappointment(double experience, @Nullable Feedback answer) {
        if (answer != null
                && answer.scale() == Feedback.Scale.NPS
                && answer.value().orElse(PROMOTER) <= DETRACTOR) {
            return "answered nps 6 or less";
        }
        return experience < LESS_THAN_GREAT ? "experience below 80" : null;
    }
}
