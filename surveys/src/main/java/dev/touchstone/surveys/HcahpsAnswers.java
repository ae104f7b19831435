package dev.touchstone.surveys;

import dev.touchstone.survey.SurveyResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Answers to one question of the HCAHPS survey of hospital patients, counted by answer (CMS, HCAHPS star rating technical
 * notes). This class does not adjust for survey mode or patient mix. Immutable.
 *
 * @param scale the scale of the question
 * @param counts the number of patients for each answer, the worst answer first
 */
public record HcahpsAnswers(Scale scale, List<Long> counts) {

    /**
     * Copies the counts.
     *
     * @throws IllegalArgumentException if there is not one count for each answer, or one is negative
     */
    public HcahpsAnswers {
        counts = List.copyOf(counts);
        if (counts.size() != scale.answers || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(scale + " has " + scale.answers + " counts from 0 on, not " + counts);
        }
    }

    /** Returns no answers. */
    public static HcahpsAnswers none(Scale scale) {
        return new HcahpsAnswers(scale, Collections.nCopies(scale.answers, 0L));
    }

    /** Returns the number of answers. */
    public long n() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns the sum of both counts.
     *
     * @throws IllegalArgumentException if the scales differ
     */
    public HcahpsAnswers plus(HcahpsAnswers other) {
        if (scale != other.scale) {
            throw new IllegalArgumentException(scale + " and " + other.scale + " do not add");
        }
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < scale.answers; i++) {
            sums.add(counts.get(i) + other.counts.get(i));
        }
        return new HcahpsAnswers(scale, sums);
    }

    /**
     * Returns the mean of the answers, from 0 for the worst one in equal steps to 100 for the best one, with its
     * interval by Student's t; empty without answers.
     */
    public Optional<SurveyResult> linearScore() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < scale.answers; i++) {
            double linear = 100.0 * i / (scale.answers - 1);
            sum += counts.get(i) * linear;
            squares += counts.get(i) * linear * linear;
        }
        return SurveyResult.mean(n(), sum, squares, 0, 100);
    }

    /** Returns the percentage of the best answer, or of the best two of eleven; empty without answers. */
    public Optional<SurveyResult> topBox() {
        long top = counts.subList(scale.answers - scale.top, scale.answers).stream()
                .mapToLong(Long::longValue)
                .sum();
        return n() == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(top, n()));
    }

    /** Returns the linear score of a composite: the mean of its questions that were answered; empty if there are none. */
    public static OptionalDouble compositeScore(List<HcahpsAnswers> questions) {
        return questions.stream()
                .flatMap(question -> question.linearScore().stream())
                .mapToDouble(SurveyResult::value)
                .average();
    }

    /** The scale of a question. */
    public enum Scale {
        /** Never, sometimes, usually, always. */
        FREQUENCY(4, 1),
        /** Strongly disagree, disagree, agree, strongly agree. */
        AGREEMENT(4, 1),
        /** Definitely no, probably no, probably yes, definitely yes. */
        RECOMMENDATION(4, 1),
        /** No, yes. */
        YES_NO(2, 1),
        /** 0 to 10, of which 9 and 10 are the top. */
        RATING(11, 2);

        private final int answers;
        private final int top;

        Scale(int answers, int top) {
            this.answers = answers;
            this.top = top;
        }
    }
}
