package dev.touchstone.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers for display, rounded half up. */
public final class HalfUp {

    private HalfUp() {}

    /** Returns a finite number with this many decimals, never a negative zero. */
    public static String format(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        return rounded.toPlainString();
    }

    /** Returns a finite number with two decimals, as scores are shown. */
    public static String format(double value) {
        return format(value, 2);
    }
}
