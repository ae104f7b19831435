package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A standard index over the answers to one question. Each kind adds only to its own kind: the same number under another
 * question says something else. Immutable.
 */
public sealed interface SurveyIndex permits Nps, Csat, Ces1, Ces2 {

    /** Returns the answers by group. */
    Answers.Groups groups();

    /** Returns the index in its own unit; empty without answers. */
    Optional<SurveyResult> result();

    /**
     * Returns how much the index is above somebody else's figure; empty without answers.
     *
     * @param value the figure, in the index's unit
     * @param n how many answers are behind it; empty takes it for exact
     */
    Optional<SurveyResult.Difference> against(double value, OptionalLong n);
}
