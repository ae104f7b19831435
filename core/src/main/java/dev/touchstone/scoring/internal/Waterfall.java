package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment.Losses;

/** Splits the loss from a quality of 1 among the drivers. */
final class Waterfall {

    private Waterfall() {}

    /** Returns the waterfall of four multiplied factors: each loses its share of what the previous ones left. */
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
