package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Customer satisfaction: the percentage of answers of 4 or 5 to "How satisfied are you?", 1 to 5, with its Wilson
 * interval. Immutable.
 *
 * @param groups satisfied (4 and 5), neutral (3) and dissatisfied
 */
public record Csat(Answers.Groups groups) implements SurveyIndex {

    /** No answers. */
    public static final Csat NONE = new Csat(Answers.Groups.NONE);

    /**
     * Returns one answer. A fraction belongs to the group of the next lower integer answer.
     *
     * @throws IllegalArgumentException if it is not 1 to 5
     */
    public static Csat answer(double answer) {
        return new Csat(Question.CSAT.answer(answer));
    }

    /**
     * Returns counted answers.
     *
     * @param counts the number of answers with each number, from 1
     * @throws IllegalArgumentException unless there is one count for each answer
     */
    public static Csat ofCounts(long... counts) {
        return new Csat(Question.CSAT.counts(counts));
    }

    /** Returns the sum of these answers and others. */
    public Csat plus(Csat other) {
        return new Csat(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.share();
    }

    /** Returns the mean answer, 1 to 5, with its interval by Student's t; empty without answers. */
    public Optional<SurveyResult> mean() {
        return groups.mean(Question.CSAT.min, Question.CSAT.max);
    }

    /** Returns the score minus another; empty if either has no answers. */
    public Optional<SurveyResult.Difference> minus(Csat other) {
        return groups.shareAbove(other.groups);
    }

    @Override
    public Optional<SurveyResult.Difference> against(double value, OptionalLong n) {
        return groups.shareAbove(value, n);
    }
}
