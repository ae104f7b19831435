package dev.touchstone.examples.validation;

import java.util.Random;

/** Which of the answers the learner receives, and how many of them are wrong. */
enum Run {
    ALL("", "all answers", 1, 0),
    ANSWERS_1(".answers1", "1 % of the answers", 0.01, 0),
    ANSWERS_10(".answers10", "10 % of the answers", 0.1, 0),
    ANSWERS_30(".answers30", "30 % of the answers", 0.3, 0),
    INVERTED_2(".inverted2", "all answers, 2 % inverted", 1, 0.02),
    INVERTED_10(".inverted10", "all answers, 10 % inverted", 1, 0.1),
    INVERTED_20(".inverted20", "all answers, 20 % inverted", 1, 0.2);

    private static final long SEED = 20_261_129;

    final String key;
    final String label;
    private final double answered;
    private final double inverted;

    Run(String key, String label, double answered, double inverted) {
        this.key = key;
        this.label = label;
        this.answered = answered;
        this.inverted = inverted;
    }

    /** Returns the answers that the learner receives: NaN if there is none, and from 1 to 5 otherwise. */
    double[] received(double... csat) {
        Random random = new Random(SEED);
        double[] received = new double[csat.length];
        for (int i = 0; i < received.length; i++) {
            boolean isAnswered = random.nextDouble() < answered;
            boolean isInverted = random.nextDouble() < inverted;
            received[i] = !isAnswered ? Double.NaN : isInverted ? 6 - csat[i] : csat[i];
        }
        return received;
    }
}
