package dev.touchstone.care.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.internal.HalfLife;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a customer spent and what serving the customer cost, of about the last 365 days: what happened 365 days ago counts
 * {@code 1/e}, so that a customer who spends the same every day has spent here what they spend in 365 days. The sums are kept
 * relative to a fixed time, so that they can be added in any order. Immutable.
 *
 * @param amount the sum of amounts, relative to that time
 * @param cost the sum of costs, relative to that time
 * @param latestMs the greatest time of an event in them
 */
public record Spending(double amount, double cost, long latestMs) {

    /** Nothing was spent. */
    public static final Spending NONE = new Spending(0, 0, 0);

    private static final HalfLife HALF_LIFE = HalfLife.ofMillis(TimeUnit.DAYS.toMillis(365) * Math.log(2));
    private static final long EPOCH = HALF_LIFE.epoch(1_600_000_000_000L); // begins in 2020
    private static final double MAX_SUM = 0x1p900;
    private static final List<String> SUMS = List.of("amount", "cost");

    /** Bounds the sums. */
    public Spending {
        amount = Saturating.bounded(amount, MAX_SUM);
        cost = Saturating.bounded(cost, MAX_SUM);
    }

    /**
     * Returns this with one event more.
     *
     * @param amount what it was about; NaN if it says nothing
     * @param cost what it cost; NaN if it says nothing
     */
    public Spending plus(double amount, double cost, long timeMs) {
        double weight = HALF_LIFE.weight(timeMs, EPOCH);
        return new Spending(
                this.amount + weighted(amount, weight), this.cost + weighted(cost, weight), Math.max(latestMs, timeMs));
    }

    private static double weighted(double value, double weight) {
        return Double.isNaN(value) || value == 0 ? 0 : Saturating.bounded(value * weight, MAX_SUM);
    }

    /** Returns this together with what another record of the customer has. */
    public Spending plus(Spending other) {
        return new Spending(amount + other.amount, cost + other.cost, Math.max(latestMs, other.latestMs));
    }

    /** Returns what it is worth at a time. */
    public Spending at(long nowMs) {
        double decay = HALF_LIFE.decay(EPOCH, nowMs);
        return new Spending(amount * decay, cost * decay, latestMs);
    }

    /**
     * Corrects what was dated later than the time is now: all of it is worth now what it was worth before the time went back. Where nothing
     * was, nothing changes.
     */
    public Spending goBack(long fromMs, long toMs) {
        if (latestMs <= toMs) {
            return this;
        }
        double factor = Math.min(1, HALF_LIFE.decay(EPOCH, fromMs) / HALF_LIFE.decay(EPOCH, toMs));
        return new Spending(amount * factor, cost * factor, toMs);
    }

    /** Returns whether nothing was spent and nothing did cost. */
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
