package dev.touchstone.scoring.internal;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a touchpoint that scoring uses.
 *
 * @param name the name of the touchpoint
 * @param importance its weight relative to others, by default 1
 * @param targetMs its target duration in milliseconds; NaN if undeclared
 * @param supportContact whether a customer who returns here within days had to ask again
 * @param journey the journey that it belongs to, or null
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

    /** Returns the rules of an undeclared touchpoint. */
    public static TouchpointRules undeclared(String name, double importance) {
        return new TouchpointRules(name, importance, Double.NaN, false, null, false, false);
    }
}
