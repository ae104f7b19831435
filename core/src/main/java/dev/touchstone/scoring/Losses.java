package dev.touchstone.scoring;

/**
 * How a quality of 1 was lost, by driver.
 *
 * @param quality what is left
 */
record Losses(double quality, double outcome, double promise, double pace, double effort, double feedback) {

    /** The waterfall of four factors that are multiplied: each takes its share of what the one before has left. */
    static Losses ofFactors(double outcome, double promise, double pace, double ease) {
        double kept = outcome * promise;
        double paced = kept * pace;
        return new Losses(paced * ease, 1 - outcome, outcome * (1 - promise), kept * (1 - pace), paced * (1 - ease), 0);
    }

    static Losses ofFeedback(double quality) {
        return new Losses(quality, 0, 0, 0, 0, 1 - quality);
    }
}
