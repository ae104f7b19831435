package dev.touchstone.event;

import java.util.Locale;

/** Why an event was dropped. Every offered event is either accepted or dropped for exactly one reason. */
public enum DropReason {
    /** The event or the name of its touchpoint is missing or blank. */
    BLANK_TOUCHPOINT,
    /** A required time is missing or malformed. */
    BAD_TIME,
    /** The input is not an event: not an object, a wrong type, an unknown word, or an invalid name or id. */
    BAD_EVENT,
    /** The answer is missing, not finite or outside its scale. */
    BAD_FEEDBACK,
    /** The event is older than 400 days. */
    TOO_OLD,
    /** An event with the same id was accepted before. */
    DUPLICATE,
    /** The event is later than the time at which a replay reads the scores. */
    AFTER_AT,
    /** The event happened at or before the erasure of its customer. */
    ERASED,
    /** The customer did not consent. */
    NO_CONSENT,
    /** The instance is paused or closed. */
    PAUSED,
    /** The customer is not in the sample. */
    SAMPLED_OUT,
    /** An error inside the library; it is logged. */
    ERROR;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in formats and metrics, such as {@code too_old}. */
    public String code() {
        return code;
    }
}
