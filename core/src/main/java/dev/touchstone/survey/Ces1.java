package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Customer Effort Score, version 1: the mean answer to "How much effort did you have to put forth?", 1 to 5, lower
 * is easier, with its interval by Student's t (Dixon, Freeman, Toman 2010). Not comparable with {@link Ces2}, which is
 * a different question. Immutable.
 *
 * @param groups easy (1 and 2), neutral (3) and hard
 */
public record Ces1(Answers.Groups groups) implements SurveyIndex {

    private static final double RANGE = Question.CES1.max - Question.CES1.min;

    /** No answers. */
    public static final Ces1 NONE = new Ces1(Answers.Groups.NONE);

    /**
     * Returns one answer. A fraction belongs to the group of the next higher integer answer.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public static Ces1 answer(double answer) {
        return new Ces1(Question.CES1.answer(answer));
    }

    /**
     * Returns counted answers.
     *
     * @param counts the number of answers with each number, from 1
     * @throws IllegalArgumentException unless there is one count for each answer
     */
    public static Ces1 ofCounts(long... counts) {
        return new Ces1(Question.CES1.counts(counts));
    }

    /** Returns the sum of these answers and others. */
    public Ces1 plus(Ces1 other) {
        return new Ces1(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.mean(Question.CES1.min, Question.CES1.max);
    }

    /** Returns the score minus another; empty if either has no answers. */
    public Optional<SurveyResult.Difference> minus(Ces1 other) {
        return estimate()
                .flatMap(own -> other.estimate().map(theirs -> SurveyResult.Difference.of(own, theirs, RANGE)));
    }

    /** {@inheritDoc} The answers behind the other figure are assumed to have the same variance. */
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
