package dev.touchstone.http;

import dev.touchstone.event.Consent;
import org.jspecify.annotations.Nullable;

/** The header by which a browser objects to tracking: {@code Sec-GPC: 1}. */
public final class PrivacyControl {

    /** The name of the header. */
    public static final String HEADER = "Sec-GPC";

    private PrivacyControl() {}

    /** Returns the consent that a value of the header leaves; full consent without the header. */
    public static Consent consent(@Nullable String value) {
        return "1".equals(value) ? Consent.AGGREGATE_ONLY : Consent.SCORE;
    }
}
