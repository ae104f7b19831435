package dev.touchstone.reference;

import java.math.BigDecimal;

/** The counts of Apdex with the target in milliseconds. */
public record RefApdex(double targetMs, long satisfied, long tolerating, long frustrated) {

    public long n() {
        return satisfied + tolerating + frustrated;
    }

    /** The index in hundredths, half up, in integers. */
    public long hundredths() {
        return (100 * (2 * satisfied + tolerating) + n()) / (2 * n());
    }

    public String text() {
        BigDecimal seconds = BigDecimal.valueOf(targetMs).movePointLeft(3).stripTrailingZeros();
        String target = " [" + (seconds.scale() < 1 ? seconds.setScale(1) : seconds).toPlainString() + "]";
        if (n() == 0) {
            return "NS" + target;
        }
        String index = BigDecimal.valueOf(hundredths(), 2).toPlainString();
        return index + (n() < 100 ? "*" : "") + target;
    }

    /** The word for the rounded index, or {@code null} without one. */
    public String rating() {
        if (n() == 0) {
            return null;
        }
        long index = hundredths();
        if (index >= 94) {
            return "Excellent";
        } else if (index >= 85) {
            return "Good";
        } else if (index >= 70) {
            return "Fair";
        }
        return index >= 50 ? "Poor" : "Unacceptable";
    }
}
