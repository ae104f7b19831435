package dev.touchstone.http;

import dev.touchstone.event.Consent;
import org.jspecify.annotations.Nullable;

/** The header by which a browser says that its user does not want to be followed: {@code Sec-GPC: 1}. */
public final class PrivacyControl {

    /** The name of the header. */
    public static final String HEADER = "Sec-GPC";

    private PrivacyControl() {}

    /** Returns what a value of the header leaves to be done; whoever sends none agrees. */
    public static Consent consent(@Nullable String value) {
        return "1".equals(value) ? Consent.AGGREGATE_ONLY : Consent.SCORE;
    }
}
