package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;

/**
 * The evidence of a scope in the two windows that are compared: {@code now}, about the last hour, and {@code baseline},
 * about the last week. Mutable and not thread-safe.
 */
public final class Windows {

    private final HalfLife nowHalfLife;
    private final HalfLife baselineHalfLife;
    private final Evidence now;
    private final Evidence baseline;

    /** Creates empty windows with the half-lives of a model. */
    public Windows(ScoreModel model) {
        this(HalfLife.of(model, ModelConstant.NOW_HALF_LIFE), HalfLife.of(model, ModelConstant.BASELINE_HALF_LIFE));
    }

    private Windows(HalfLife nowHalfLife, HalfLife baselineHalfLife) {
        this(nowHalfLife, baselineHalfLife, new Evidence(nowHalfLife), new Evidence(baselineHalfLife));
    }

    private Windows(HalfLife nowHalfLife, HalfLife baselineHalfLife, Evidence now, Evidence baseline) {
        this.nowHalfLife = nowHalfLife;
        this.baselineHalfLife = baselineHalfLife;
        this.now = now;
        this.baseline = baseline;
    }

    /** Returns empty windows with the same half-lives. */
    public Windows empty() {
        return new Windows(nowHalfLife, baselineHalfLife);
    }

    /** Returns empty windows with the same half-lives, for one thread. */
    public Windows apart() {
        return new Windows(
                nowHalfLife, baselineHalfLife, Evidence.apart(nowHalfLife), Evidence.apart(baselineHalfLife));
    }

    /** Returns the evidence of about the last hour. */
    public Evidence now() {
        return now;
    }

    /** Returns the evidence of about the last week. */
    public Evidence baseline() {
        return baseline;
    }

    /** Returns the undecayed number of assessments, without inferred abandonment. */
    public long count() {
        return baseline.count();
    }

    /** Adds an assessment to both windows. */
    public void add(Assessment assessment) {
        now.add(assessment);
        baseline.add(assessment);
    }

    /** Adds the evidence of other windows, which must have the same half-lives. */
    public void addAll(Windows other) {
        now.addAll(other.now);
        baseline.addAll(other.baseline);
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long fromMs, long toMs) {
        now.goBack(fromMs, toMs);
        baseline.goBack(fromMs, toMs);
    }

    /** Lists the fields. */
    public Windows fields(Fields fields) {
        fields.value("now", now, Evidence::fields);
        fields.value("baseline", baseline, Evidence::fields);
        return this;
    }

    /** Returns an independent copy. */
    public Windows copy() {
        return new Windows(nowHalfLife, baselineHalfLife, now.copy(), baseline.copy());
    }

    /** Returns both windows decayed to an instant. */
    public Reading at(long nowMs) {
        return new Reading(now.at(nowMs), baseline.at(nowMs));
    }

    /**
     * Both windows decayed to one instant: a view, to be used immediately.
     *
     * @param now the evidence of about the last hour
     * @param baseline the evidence of about the last week
     */
    public record Reading(Evidence.Reading now, Evidence.Reading baseline) {}
}
