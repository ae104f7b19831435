package dev.touchstone.survey;

/** The grouping of answers to the standard questions. A fraction belongs to the group whose first answer it reached. */
enum Question {
    NPS(0, 10, 7, 9, false),
    CSAT(1, 5, 3, 4, false),
    CES1(1, 5, 3, 4, true),
    CES2(1, 7, 4, 5, false);

    final int min;
    final int max;
    private final int neutralFrom;
    private final int favorableFrom;
    private final boolean lowerIsBetter;

    Question(int min, int max, int neutralFrom, int favorableFrom, boolean lowerIsBetter) {
        this.min = min;
        this.max = max;
        this.neutralFrom = neutralFrom;
        this.favorableFrom = favorableFrom;
        this.lowerIsBetter = lowerIsBetter;
    }

    /** @throws IllegalArgumentException if the answer is not on the scale */
    Answers.Groups answer(double answer) {
        return answers(answer, 1);
    }

    /**
     * Returns answers with known counts only.
     *
     * @param counts the number of each answer, the lowest first
     */
    Answers.Groups counts(long... counts) {
        if (counts.length != max - min + 1) {
            throw new IllegalArgumentException(
                    this + " with " + counts.length + " counts: expected " + (max - min + 1));
        }
        Answers.Groups all = Answers.Groups.NONE;
        for (int i = 0; i < counts.length; i++) {
            all = all.plus(answers(min + i, counts[i]));
        }
        return all;
    }

    private Answers.Groups answers(double answer, long count) {
        if (!(answer >= min && answer <= max)) {
            throw new IllegalArgumentException(this + " answer " + answer + ": expected " + min + " to " + max);
        }
        double goodness = lowerIsBetter ? min + max - answer : answer;
        boolean favorable = goodness >= favorableFrom;
        boolean neutral = !favorable && goodness >= neutralFrom;
        return new Answers.Groups(
                favorable ? count : 0,
                neutral ? count : 0,
                favorable || neutral ? 0 : count,
                count * answer,
                count * answer * answer);
    }
}
