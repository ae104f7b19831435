package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Customer Effort Score, version 2: the percentage of answers of 5 to 7 to "The company made it easy for me", 1 to
 * 7, with its Wilson interval (Dixon, Toman, DeLisi 2013). Not comparable with {@link Ces1}, which is a different
 * question. Immutable.
 *
 * @param groups easy (5 to 7), neutral (4) and hard
 */
public record Ces2(Answers.Groups groups) implements SurveyIndex {

    /** No answers. */
    public static final Ces2 NONE = new Ces2(Answers.Groups.NONE);

    /**
     * Returns one answer. A fraction belongs to the group of the next lower integer answer.
     *
     * @throws IllegalArgumentException if it is not 1 to 7
     */
    public static Ces2 answer(double answer) {
        return new Ces2(Question.CES2.answer(answer));
    }

    /**
     * Returns counted answers.
     *
     * @param counts the number of answers with each number, from 1
     * @throws IllegalArgumentException unless there is one count for each answer
     */
    public static Ces2 ofCounts(long... counts) {
        return new Ces2(Question.CES2.counts(counts));
    }

    /** Returns the sum of these answers and others. */
    public Ces2 plus(Ces2 other) {
        return new Ces2(groups.plus(other.groups));
    }

    @Override
    public Optional<SurveyResult> result() {
        return groups.share();
    }

    /** Returns the mean answer, 1 to 7, with its interval by Student's t; empty without answers. */
    public Optional<SurveyResult> mean() {
        return groups.mean(Question.CES2.min, Question.CES2.max);
    }

    /** Returns the score minus another; empty if either has no answers. */
    public Optional<SurveyResult.Difference> minus(Ces2 other) {
        return groups.shareAbove(other.groups);
    }

    @Override
    public Optional<SurveyResult.Difference> against(double value, OptionalLong n) {
        return groups.shareAbove(value, n);
    }
}
