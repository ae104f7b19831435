package dev.touchstone.survey;

import dev.touchstone.internal.HalfUp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The Apdex of response times against a target {@code T}: {@code (satisfied + tolerating/2)/n}. Events up to T are
 * satisfied, events up to 4T tolerating (Apdex technical specification 1.1). Immutable.
 *
 * @param target the target, positive
 * @param satisfied the number of satisfied events
 * @param tolerating the number of tolerating events
 * @param frustrated the number of frustrated events, including failures
 */
public record Apdex(Duration target, long satisfied, long tolerating, long frustrated) {

    private static final long SMALL_GROUP = 100;
    /** The maximum number of events whose hundredths fit in a long. */
    private static final long COUNTABLE = Long.MAX_VALUE / 1000;

    /** @throws IllegalArgumentException if the target is not positive or a count is negative */
    public Apdex {
        if (target.isNegative() || target.isZero()) {
            throw new IllegalArgumentException("Apdex target is " + target + "; expected more than 0");
        }
        if (satisfied < 0 || tolerating < 0 || frustrated < 0) {
            throw new IllegalArgumentException("Apdex count is negative; expected at least 0");
        }
    }

    /** Returns the number of events, at most {@link Long#MAX_VALUE}. */
    public long total() {
        return sum(sum(satisfied, tolerating), frustrated);
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private BigDecimal exactTotal() {
        return BigDecimal.valueOf(satisfied).add(BigDecimal.valueOf(tolerating)).add(BigDecimal.valueOf(frustrated));
    }

    /** Returns the index from 0 to 1, rounded half up to two decimals; empty without events. */
    public Optional<BigDecimal> value() {
        long total = total();
        if (total == 0) {
            return Optional.empty();
        }
        if (total < COUNTABLE) {
            return Optional.of(BigDecimal.valueOf((100 * (2 * satisfied + tolerating) + total) / (2 * total), 2));
        }
        BigDecimal twice =
                BigDecimal.valueOf(satisfied).multiply(BigDecimal.valueOf(2)).add(BigDecimal.valueOf(tolerating));
        return Optional.of(twice.divide(exactTotal().multiply(BigDecimal.valueOf(2)), 2, RoundingMode.HALF_UP));
    }

    /** Returns the rating of the rounded index; empty without events. */
    public Optional<Rating> rating() {
        return value().map(Rating::of);
    }

    /**
     * Returns the sum of both.
     *
     * @throws IllegalArgumentException if the targets differ, since such indices are not comparable
     */
    public Apdex plus(Apdex other) {
        if (!target.equals(other.target)) {
            throw new IllegalArgumentException(
                    "Apdex with target " + target + " cannot be merged with one with target " + other.target);
        }
        return new Apdex(
                target, satisfied + other.satisfied, tolerating + other.tolerating, frustrated + other.frustrated);
    }

    /** Returns the uniform output, such as {@code 0.72 [0.5]}, with a {@code *} for fewer than 100 events. */
    public String text() {
        String index = value().map(BigDecimal::toPlainString).orElse("NS");
        long total = total();
        String mark = total > 0 && total < SMALL_GROUP ? "*" : "";
        return index + mark + " [" + seconds() + "]";
    }

    private String seconds() {
        BigDecimal seconds = BigDecimal.valueOf(target.getSeconds())
                .add(BigDecimal.valueOf(target.getNano(), 9))
                .stripTrailingZeros();
        return seconds.scale() <= 0 ? HalfUp.format(seconds.doubleValue(), 1) : seconds.toPlainString();
    }

    @Override
    public String toString() {
        return text();
    }

    /** The zone of an event. */
    public enum Zone {
        /** It took no longer than the target. */
        SATISFIED,
        /** It took no longer than four times the target. */
        TOLERATING,
        /** It took longer, or the customer did not reach the goal. */
        FRUSTRATED;

        private static final double TOLERATED = 4;

        /** Returns the zone of a successful event by its duration and the target, both in the same unit. */
        public static Zone of(double duration, double target) {
            if (duration <= target) {
                return SATISFIED;
            }
            return duration <= TOLERATED * target ? TOLERATING : FRUSTRATED;
        }
    }

    /** The rating of an index. */
    public enum Rating {
        EXCELLENT("0.94"),
        GOOD("0.85"),
        FAIR("0.70"),
        POOR("0.50"),
        UNACCEPTABLE("0.00");

        private final BigDecimal from;

        Rating(String from) {
            this.from = new BigDecimal(from);
        }

        private static Rating of(BigDecimal value) {
            for (Rating rating : values()) {
                if (value.compareTo(rating.from) >= 0) {
                    return rating;
                }
            }
            return UNACCEPTABLE;
        }
    }
}
