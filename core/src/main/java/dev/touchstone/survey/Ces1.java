package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Customer Effort Score, version 1: the mean answer to "How much effort did you have to put forth?", 1 to 5, lower is
 * easier, with its interval by Student's t (Dixon, Freeman, Toman 2010). It is another question than {@link Ces2} and does not
 * add to it. Immutable.
 *
 * @param groups easy (1 and 2), neutral (3) and hard
 */
public record Ces1(Answers.Groups groups) implements SurveyIndex {

    private static final double RANGE = Question.CES1.max - Question.CES1.min;

    /** No answers. */
    public static final Ces1 NONE = new Ces1(Answers.Groups.NONE);

    /**
     * Returns one answer; a fraction counts for the group whose first whole answer it has reached, from 5 down.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public static Ces1 answer(double answer) {
        return new Ces1(Question.CES1.answer(answer));
    }

    /**
     * Returns counts.
     *
     * @param counts how many answered with each number, from 1 on
     * @throws IllegalArgumentException if there is not one count for each answer
     */
    public static Ces1 ofCounts(long... counts) {
        return new Ces1(Question.CES1.counts(counts));
    }

    /** Returns the answers of both together. */
    public Ces1 plus(Ces1 other) {
        return new Ces1(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.mean(Question.CES1.min, Question.CES1.max);
    }

    /** Returns how much this is above another; empty if one of them has no answers. */
    public Optional<SurveyResult.Difference> minus(Ces1 other) {
        return estimate()
                .flatMap(own -> other.estimate().map(theirs -> SurveyResult.Difference.of(own, theirs, RANGE)));
    }

    /** {@inheritDoc} The answers behind the other figure are taken to spread as these do. */
    @Override
    public Optional<SurveyResult.Difference> against(double value, OptionalLong n) {
        double theirs = n.isPresent() ? (double) groups.n() / n.getAsLong() : 0;
        return estimate()
                .map(own -> new Estimate(own.value(), own.center(), own.variance() * (1 + theirs), own.freedom()))
                .map(own -> SurveyResult.Difference.of(own, Estimate.exact(value), RANGE));
    }

    private Optional<Estimate> estimate() {
        return groups.meanEstimate(Question.CES1.min, Question.CES1.max);
    }
}
