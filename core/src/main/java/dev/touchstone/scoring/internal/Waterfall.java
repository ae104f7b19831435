package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment.Losses;

/** Splits what is lost of a quality of 1 among the drivers. */
final class Waterfall {

    private Waterfall() {}

    /** The waterfall of four factors that are multiplied: each takes its share of what the one before has left. */
    static Losses ofFactors(double outcome, double promise, double pace, double ease) {
        double promised = outcome * promise;
        double paced = promised * pace;
        return new Losses(
                paced * ease, 1 - outcome, outcome * (1 - promise), promised * (1 - pace), paced * (1 - ease), 0);
    }

    static Losses ofFeedback(double quality) {
        return new Losses(quality, 0, 0, 0, 0, 1 - quality);
    }
}
