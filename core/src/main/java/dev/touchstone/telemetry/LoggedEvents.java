package dev.touchstone.telemetry;

/** Which assessments are told as log events. */
public enum LoggedEvents {
    /** None. */
    NONE,
    /** Those that are {@link dev.touchstone.scoring.Verdict#MISSED}. */
    MISSED,
    /** Those that are missed, and all at moments of truth: touchpoints whose declared importance is above 1. */
    ALL
}
