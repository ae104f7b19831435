package dev.touchstone.prediction.internal;

import dev.touchstone.event.Feedback;
import java.util.Optional;

/**
 * The information in an answer that the learner uses.
 *
 * @param dissatisfaction the dissatisfaction in the answer, from 0 to 1
 * @param bad whether the answer counts as dissatisfied
 */
public record Answer(double dissatisfaction, boolean bad) {

    // a third of a scale is not exact
    private static final double ROUNDING = 1e-9;

    /**
     * Returns the information in a valid answer; empty if it is about effort or invalid. As in the indices, a fraction
     * belongs to the integer answer below it.
     */
    public static Optional<Answer> of(Feedback feedback) {
        return switch (feedback.scale()) {
            case NPS -> Optional.of(ofNps(feedback.value().orElseThrow()));
            case CSAT, RATING -> Optional.of(ofCsat(1 + 4 * feedback.position() + ROUNDING));
            case CES1, CES2, SENTIMENT -> Optional.empty();
        };
    }

    private static Answer ofCsat(double value) {
        return value < 3 ? new Answer(1, true) : new Answer(value < 4 ? 0.5 : value < 5 ? 0.1 : 0, false);
    }

    private static Answer ofNps(double value) {
        return value < 7 ? new Answer(1, true) : new Answer(value < 9 ? 0.3 : 0, false);
    }
}
