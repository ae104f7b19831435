package dev.touchstone.survey;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A standard index over the answers to one question. Answers of different indices cannot be added, since the questions
 * differ. Immutable.
 */
public sealed interface SurveyIndex permits Nps, Csat, Ces1, Ces2 {

    /** Returns the answers by group. */
    Answers.Groups groups();

    /** Returns the index in its own unit; empty without answers. */
    Optional<SurveyResult> result();

    /**
     * Returns the index minus the figure of another business; empty without answers.
     *
     * @param value the figure, in the unit of the index
     * @param n the number of answers behind the figure; empty if it is exact
     */
    Optional<SurveyResult.Difference> against(double value, OptionalLong n);
}
