package dev.touchstone.event;

import java.util.Locale;

/** What was unusual about an event that was accepted nevertheless, or about the instance. */
public enum Warning {
    /** The time of the event was more than five minutes in the future; it was replaced by now. */
    CLOCK_SKEW,
    /** The duration was not finite and positive; it was ignored. */
    BAD_DURATION,
    /** The promise was not finite and positive; it was ignored. */
    BAD_PROMISE,
    /** An effort fact was negative, not finite or above 100; it was clamped. */
    BAD_EFFORT,
    /** The customer id was blank; the event is anonymous. */
    BLANK_CUSTOMER,
    /** An interaction was closed without being settled; it counts as a failure. */
    UNSETTLED,
    /** No cell was left for the touchpoint or channel; the event is counted under the touchpoint {@code other}. */
    OTHER_TOUCHPOINT,
    /** An open journey was dropped without an assessment: a fifth one was opened, or its customer was evicted. */
    JOURNEY_UNKNOWN,
    /** A listener threw; the event was counted. */
    LISTENER_ERROR,
    /** A resolver threw; the event was recorded without the resolver's value. */
    RESOLVER_ERROR,
    /** A classifier threw; the default outcome was used. */
    CLASSIFIER_ERROR,
    /** An active customer was evicted, because there were more active customers than the configured maximum. */
    ACTIVE_EVICTED,
    /** The clock went back; the engine's time followed after ten minutes. */
    CLOCK_WENT_BACK,
    /**
     * Work other than recording failed, such as a sweep or a snapshot, or the instance's own thread failed. It is
     * retried.
     */
    BACKGROUND_ERROR,
    /** A restored snapshot or erasure was later than the current time; its times were replaced by now. */
    STATE_FROM_FUTURE,
    /** An attribute declared as an effect or as variants contained the customer id; its value was ignored. */
    PERSONAL_EFFECT,
    /** A customer became at risk, but no recovery case was opened because too many are unresolved. */
    TOO_MANY_CASES;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in formats and metrics, such as {@code bad_duration}. */
    public String code() {
        return code;
    }
}
