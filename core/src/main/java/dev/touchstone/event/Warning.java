package dev.touchstone.event;

import java.util.Locale;

/** What was remarkable about an event that was nevertheless kept. */
public enum Warning {
    /** The event's time was more than five minutes ahead; it was taken as now. */
    CLOCK_SKEW,
    /** The duration was not finite and positive; it counts as none. */
    BAD_DURATION,
    /** The promise was not finite and positive; it counts as none. */
    BAD_PROMISE,
    /** An effort fact was negative, not finite or above 100; it was clamped. */
    BAD_EFFORT,
    /** A customer was given but blank; the event is anonymous. */
    BLANK_CUSTOMER,
    /** An interaction was closed without having been settled; it counts as a failure. */
    UNSETTLED,
    /** No cell was left for the touchpoint or channel; the event is counted at the touchpoint {@code other}. */
    OTHER_TOUCHPOINT,
    /** An open journey was given up without a judgement: a fifth one was opened, or its customer was evicted. */
    JOURNEY_UNKNOWN,
    /** A listener threw; the event was counted all the same. */
    LISTENER_ERROR,
    /** A resolver threw; the event was recorded without what it would have told. */
    RESOLVER_ERROR,
    /** A classifier threw; the event was recorded with the outcome that somebody else gave it. */
    CLASSIFIER_ERROR,
    /** An active customer was evicted, because there were more active customers than the configured maximum. */
    ACTIVE_EVICTED,
    /** The clock went back, and the engine's time followed it after ten minutes. */
    CLOCK_WENT_BACK,
    /** Work besides recording failed, such as a sweep or a snapshot, or the instance's own thread did; it is tried again. */
    BACKGROUND_ERROR,
    /** A snapshot or an erasure that was restored was later than the time; its times were taken as now. */
    STATE_FROM_FUTURE,
    /** An attribute that is declared as an effect or as variants was the id of the customer; its value was not used. */
    PERSONAL_EFFECT,
    /** A customer was at risk and no recovery case was opened: there are too many that are not resolved. */
    TOO_MANY_CASES;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in formats and metrics, such as {@code bad_duration}. */
    public String code() {
        return code;
    }
}
