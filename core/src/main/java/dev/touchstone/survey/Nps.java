package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Net Promoter Score: the percentage of answers of 9 or 10 minus the percentage of 0 to 6, from -100 to 100
 * (Reichheld 2003). It has an adjusted Wald interval (Rocks 2016): {@code N = n + 3}, {@code P' = (p + 3/4)/N},
 * {@code D' = (d + 3/4)/N}, center {@code 100 (P' - D')}, margin {@code 196 sqrt((P' + D' - (P' - D')^2)/N)}, clamped
 * to the scale and extended to contain the value. Immutable.
 *
 * @param groups promoters, passives and detractors; the sums are not used
 */
public record Nps(Answers.Groups groups) implements SurveyIndex {

    private static final double RANGE = 2 * Answers.Groups.ALL;

    /** No answers. */
    public static final Nps NONE = new Nps(Answers.Groups.NONE);

    /** Returns counted answers. */
    public static Nps of(long promoters, long passives, long detractors) {
        return new Nps(new Answers.Groups(promoters, passives, detractors, 0, 0));
    }

    /**
     * Returns one answer. A fraction belongs to the group of the next lower integer answer.
     *
     * @throws IllegalArgumentException if it is not 0 to 10
     */
    public static Nps answer(double answer) {
        return new Nps(Question.NPS.answer(answer));
    }

    /** Returns the sum of these answers and others. */
    public Nps plus(Nps other) {
        return new Nps(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.net();
    }

    /** Returns the score minus another; empty if either has no answers. */
    public Optional<SurveyResult.Difference> minus(Nps other) {
        return groups.netEstimate()
                .flatMap(own ->
                        other.groups.netEstimate().map(theirs -> SurveyResult.Difference.of(own, theirs, RANGE)));
    }

    /**
     * {@inheritDoc} The answers behind the other figure are assumed to have the largest variance possible for that
     * score, which is that of answers without passives.
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
