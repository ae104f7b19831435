package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Net Promoter Score: the percentage of answers of 9 or 10 minus the percentage of 0 to 6, from -100 to 100
 * (Reichheld 2003). The margin is that of a difference within a multinomial, {@code 196 sqrt((P + D - (P - D)^2)/n)},
 * which is 0 while all answers are of one group. Immutable.
 *
 * @param groups promoters, passives and detractors; the sums are not needed
 */
public record Nps(AnswerGroups groups) implements SurveyIndex {

    /** Nobody answered. */
    public static final Nps NONE = new Nps(AnswerGroups.NONE);

    /** Returns counts. */
    public static Nps of(long promoters, long passives, long detractors) {
        return new Nps(new AnswerGroups(promoters, passives, detractors, 0, 0));
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
    public Optional<Difference> minus(Nps other) {
        return result().flatMap(own -> other.result()
                .map(theirs -> Difference.of(
                        own.value() - theirs.value(), groups.netVariance() + other.groups.netVariance())));
    }

    /**
     * {@inheritDoc} The spread of somebody else's answers is not known from their score: it is taken for the largest
     * that a score of that value can have, which is that of answers without passives.
     */
    @Override
    public Optional<Difference> against(double value, OptionalLong n) {
        double net = Math.max(-1, Math.min(1, value / 100));
        double theirs = n.isPresent() ? AnswerGroups.netVariance(1, net, (double) n.getAsLong()) : 0;
        return result().map(own -> Difference.of(own.value() - value, groups.netVariance() + theirs));
    }
}
