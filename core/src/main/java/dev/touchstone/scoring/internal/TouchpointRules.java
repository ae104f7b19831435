package dev.touchstone.scoring.internal;

import org.jspecify.annotations.Nullable;

/**
 * What scoring has to know of a touchpoint.
 *
 * @param name the touchpoint's name
 * @param importance how much it counts beside others, 1 is usual
 * @param targetMs how long it should take, in milliseconds; NaN if nothing is declared
 * @param supportContact whether a customer who comes back here within days had to ask again
 * @param journey the journey to which it belongs, or null
 * @param opens whether an event here may open that journey
 * @param ends whether an event here may complete that journey
 */
public record TouchpointRules(
        String name,
        double importance,
        double targetMs,
        boolean supportContact,
        @Nullable JourneyRules journey,
        boolean opens,
        boolean ends) {

    /** The rules of a touchpoint of which nothing is declared. */
    public static TouchpointRules undeclared(String name, double importance) {
        return new TouchpointRules(name, importance, Double.NaN, false, null, false, false);
    }
}
