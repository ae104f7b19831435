package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Net Promoter Score: the percentage of answers of 9 or 10 minus the percentage of 0 to 6, from -100 to 100
 * (Reichheld 2003), with its adjusted Wald interval (Rocks 2016): {@code N = n + 3}, {@code P' = (p + 3/4)/N},
 * {@code D' = (d + 3/4)/N}, center {@code 100 (P' - D')}, margin {@code 196 sqrt((P' + D' - (P' - D')^2)/N)}, clamped to
 * the scale and to contain the value. Immutable.
 *
 * @param groups promoters, passives and detractors; the sums are not needed
 */
public record Nps(Answers.Groups groups) implements SurveyIndex {

    private static final double RANGE = 2 * Answers.Groups.ALL;

    /** No answers. */
    public static final Nps NONE = new Nps(Answers.Groups.NONE);

    /** Returns counts. */
    public static Nps of(long promoters, long passives, long detractors) {
        return new Nps(new Answers.Groups(promoters, passives, detractors, 0, 0));
    }

    /**
     * Returns one answer; a fraction counts for the group whose first whole answer it has reached.
     *
     * @throws IllegalArgumentException if it is not 0 to 10
     */
    public static Nps answer(double answer) {
        return new Nps(Question.NPS.answer(answer));
    }

    /** Returns the answers of both together. */
    public Nps plus(Nps other) {
        return new Nps(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.net();
    }

    /** Returns how much this is above another; empty if one of them has no answers. */
    public Optional<SurveyResult.Difference> minus(Nps other) {
        return groups.netEstimate()
                .flatMap(own ->
                        other.groups.netEstimate().map(theirs -> SurveyResult.Difference.of(own, theirs, RANGE)));
    }

    /**
     * {@inheritDoc} The spread of the answers behind the other figure is taken for the largest that a score of that value
     * can have, which is that of answers without passives.
     */
    @Override
    public Optional<SurveyResult.Difference> against(double value, OptionalLong n) {
        return groups.netEstimate().map(own -> SurveyResult.Difference.of(own, peer(value, n), RANGE));
    }

    private static Estimate peer(double value, OptionalLong n) {
        if (n.isEmpty()) {
            return Estimate.exact(value);
        }
        double net = Math.max(-1, Math.min(1, value / Answers.Groups.ALL));
        double answers = (double) n.getAsLong();
        return Answers.Groups.netEstimate(value, answers * (1 + net) / 2, answers * (1 - net) / 2, answers);
    }
}
