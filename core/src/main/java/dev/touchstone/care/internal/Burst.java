package dev.touchstone.care.internal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Detects many more mentions than usual: at least 10 in the last 10 minutes, and a number that a Poisson variable with
 * the usual rate reaches with probability below 1e-6. The usual rate is learned with a half-life of 7 days from
 * mentions older than those 10 minutes, and is at least one an hour. Mutable and not thread-safe.
 */
public final class Burst {

    /** The minimum number of mentions in a burst. */
    public static final int LEAST = 10;

    private static final double UNLIKELY = 1e-6;
    // the last 10 minutes, to within 10 seconds
    private static final long SLOT_MS = TimeUnit.SECONDS.toMillis(10);
    private static final int SLOTS = 60;
    private static final long QUIET_MS = TimeUnit.MINUTES.toMillis(30);
    private static final double HALF_LIFE_SLOTS = (double) TimeUnit.DAYS.toMillis(7) / SLOT_MS;
    private static final double SLOTS_AN_HOUR = (double) TimeUnit.HOURS.toMillis(1) / SLOT_MS;
    private static final double DECAY = Math.pow(2, -1 / HALF_LIFE_SLOTS);
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final int[] slots = new int[SLOTS];
    private long slot = Long.MIN_VALUE;
    private long recent;
    // decayed numbers of mentions and slots before the last 10 minutes
    private double mentions;
    private double age;
    private boolean raised;
    private long aboveMs;

    /** Creates a detector without mentions. */
    public Burst() {}

    /** Adds a mention, and returns the result of {@link #look}. */
    public @Nullable Boolean add(long nowMs) {
        moveTo(nowMs);
        slots[index(slot)]++;
        recent++;
        return look(nowMs);
    }

    /** Returns true if a burst begins, false if one ends, null if nothing changed. */
    public @Nullable Boolean look(long nowMs) {
        moveTo(nowMs);
        if (isUnusual()) {
            aboveMs = nowMs;
            if (!raised) {
                raised = true;
                return true;
            }
        } else if (raised && nowMs - aboveMs >= QUIET_MS) {
            raised = false;
            return false;
        }
        return null;
    }

    /** Returns the number of mentions in the last 10 minutes. */
    public long recent() {
        return recent;
    }

    /** Returns the usual number of mentions an hour, at least 1. */
    public double usualInAnHour() {
        return Math.max(1, age > 0 ? mentions / age * SLOTS_AN_HOUR : 0);
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long toMs) {
        slot = slot == Long.MIN_VALUE ? slot : Math.min(slot, Math.floorDiv(toMs, SLOT_MS));
        aboveMs = Math.min(aboveMs, toMs);
    }

    private void moveTo(long nowMs) {
        long present = Math.floorDiv(nowMs, SLOT_MS);
        if (slot == Long.MIN_VALUE) {
            slot = present;
        }
        long steps = present - slot;
        if (steps <= 0) {
            return; // a late mention counts now
        }
        for (long step = Math.min(steps, SLOTS); step > 0; step--) {
            slot++;
            int old = index(slot);
            mentions = mentions * DECAY + slots[old];
            age = age * DECAY + 1;
            recent -= slots[old];
            slots[old] = 0;
        }
        long silent = present - slot;
        if (silent > 0) { // all silent slots at once
            double left = Math.pow(DECAY, (double) silent);
            mentions *= left;
            age = age * left + (1 - left) / (1 - DECAY);
            slot = present;
        }
    }

    private static int index(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS);
    }

    private boolean isUnusual() {
        double expected = usualInAnHour() / SLOTS_AN_HOUR * SLOTS;
        return recent >= LEAST && recent > expected && tail(recent, expected) < UNLIKELY;
    }

    /** Returns the probability that a Poisson variable reaches a number above its mean. */
    static double tail(long number, double mean) {
        double term = Math.exp((double) number * Math.log(mean) - mean - logFactorial((double) number));
        double sum = 0;
        for (long k = number; term > sum * 1e-12 && sum < UNLIKELY; k++) {
            sum += term;
            term *= mean / (k + 1);
        }
        return sum;
    }

    private static double logFactorial(double n) {
        // Stirling's series (Abramowitz and Stegun 6.1.41), exact to 1e-9 from 10 on
        double x = n + 1;
        return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
