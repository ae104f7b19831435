package dev.touchstone.care.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.internal.HalfLife;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a customer spent and cost in about the last 365 days. Events decay: an event counts {@code 1/e} after 365 days,
 * so constant daily spending adds up to 365 days of it. Sums are stored relative to a fixed time, so they can be added
 * in any order. Immutable.
 *
 * @param amount the sum of amounts, relative to that time
 * @param cost the sum of costs, relative to that time
 * @param latestMs the time of the latest event in the sums
 */
public record Spending(double amount, double cost, long latestMs) {

    /** Nothing was spent. */
    public static final Spending NONE = new Spending(0, 0, 0);

    private static final HalfLife HALF_LIFE = HalfLife.ofMillis(TimeUnit.DAYS.toMillis(365) * Math.log(2));
    private static final long EPOCH = HALF_LIFE.epoch(1_600_000_000_000L); // starts in 2020
    private static final double MAX_SUM = 0x1p900;
    private static final List<String> SUMS = List.of("amount", "cost");

    /** Bounds the sums. */
    public Spending {
        amount = Saturating.bounded(amount, MAX_SUM);
        cost = Saturating.bounded(cost, MAX_SUM);
    }

    /**
     * Returns this spending with one more event.
     *
     * @param amount the amount of the event; NaN if it has none
     * @param cost the cost of the event; NaN if it has none
     */
    public Spending plus(double amount, double cost, long timeMs) {
        double weight = HALF_LIFE.weight(timeMs, EPOCH);
        return new Spending(
                this.amount + weighted(amount, weight), this.cost + weighted(cost, weight), Math.max(latestMs, timeMs));
    }

    private static double weighted(double value, double weight) {
        return Double.isNaN(value) || value == 0 ? 0 : Saturating.bounded(value * weight, MAX_SUM);
    }

    /** Returns the sum of this and the spending in another record of the customer. */
    public Spending plus(Spending other) {
        return new Spending(amount + other.amount, cost + other.cost, Math.max(latestMs, other.latestMs));
    }

    /** Returns this spending decayed to a time. */
    public Spending at(long nowMs) {
        double decay = HALF_LIFE.decay(EPOCH, nowMs);
        return new Spending(amount * decay, cost * decay, latestMs);
    }

    /**
     * Corrects the sums after the clock went back: they are worth as much at the new time as they were at the old. Zero
     * stays zero.
     */
    public Spending goBack(long fromMs, long toMs) {
        if (latestMs <= toMs) {
            return this;
        }
        double factor = Math.min(1, HALF_LIFE.decay(EPOCH, fromMs) / HALF_LIFE.decay(EPOCH, toMs));
        return new Spending(amount * factor, cost * factor, toMs);
    }

    /** Returns whether amount and cost are both 0. */
    public boolean isNothing() {
        return amount == 0 && cost == 0;
    }

    /** Lists the fields. */
    public Spending fields(Fields fields) {
        double[] sums = {amount, cost};
        long epoch = fields.epoch("epoch", EPOCH, HALF_LIFE.millis(), sums);
        double[] read = fields.sums("sums", SUMS, sums);
        if (epoch != EPOCH) {
            throw new IllegalArgumentException("spending: epoch " + epoch + "; expected " + EPOCH);
        }
        return new Spending(read[0], read[1], fields.time("latest", latestMs));
    }
}
