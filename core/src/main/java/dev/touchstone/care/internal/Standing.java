package dev.touchstone.care.internal;

import dev.touchstone.care.Signal;
import dev.touchstone.internal.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a customer that cause signals, and when these were delivered. Most customers have none. A signal is
 * due when a condition differs from its last delivery, but at most once per kind within the quiet time. Mutable and not
 * thread-safe.
 */
public final class Standing implements Cloneable {

    /** The minimum time between two deliveries of one kind, in milliseconds. */
    public static final long QUIET_MS = TimeUnit.HOURS.toMillis(24);

    /** How long it is remembered that a customer was asked, in milliseconds. */
    public static final long YEAR_MS = TimeUnit.DAYS.toMillis(365);

    private static final int MOST_QUESTIONS = 64;
    private static final long[] NO_TIMES = {};

    private Said atRisk = new Said();
    private Said advocate = new Said();
    private String touchpoint = "";
    // when the customer was asked within the last year, the earliest first
    private long[] askedMs = NO_TIMES;

    /** Creates the standing of a customer without signals. */
    public Standing() {}

    /** Returns an independent copy. */
    public Standing copy() {
        try {
            Standing copy = (Standing) clone(); // the array is never modified
            copy.atRisk = atRisk.copy();
            copy.advocate = advocate.copy();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lists the fields. */
    public Standing fields(Fields fields) {
        atRisk.so = fields.flag("atRisk", atRisk.so);
        advocate.so = fields.flag("advocate", advocate.so);
        atRisk.delivered = fields.flag("toldAtRisk", atRisk.delivered);
        advocate.delivered = fields.flag("toldAdvocate", advocate.delivered);
        touchpoint = fields.text("touchpoint", touchpoint);
        atRisk.reason = fields.text("riskReason", atRisk.reason);
        advocate.reason = fields.text("advocateReason", advocate.reason);
        atRisk.raisedMs = time("lastAtRisk", atRisk.raisedMs, fields);
        atRisk.clearedMs = time("lastRecovered", atRisk.clearedMs, fields);
        advocate.raisedMs = time("lastAdvocate", advocate.raisedMs, fields);
        advocate.clearedMs = time("lastFormerAdvocate", advocate.clearedMs, fields);
        List<Long> had = Arrays.stream(askedMs).boxed().toList();
        List<Long> read = fields.list("asked", had, () -> 0L, (time, nested) -> nested.time("time", time));
        if (read != had) {
            askedMs = latest(read.stream().mapToLong(Long::longValue), Long.MIN_VALUE);
        }
        return this;
    }

    private static long[] latest(LongStream times, long afterMs) {
        long[] all = times.filter(time -> time > afterMs).sorted().toArray();
        return Arrays.copyOfRange(all, Math.max(0, all.length - MOST_QUESTIONS), all.length);
    }

    private static long time(String name, long valueMs, Fields fields) {
        long[] time = {valueMs};
        fields.group(valueMs != Said.NEVER, () -> time[0] = fields.time(name, valueMs));
        return time[0];
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long toMs) {
        atRisk.goBack(toMs);
        advocate.goBack(toMs);
        askedMs = Arrays.stream(askedMs).map(time -> Math.min(time, toMs)).toArray();
    }

    /** Merges the standing of a guest who was identified as this customer. */
    public void merge(Standing guest) {
        if (guest.atRisk.so && !atRisk.so) {
            raiseRisk(guest.atRisk.reason, guest.touchpoint);
        }
        if (guest.advocate.so && !advocate.so) {
            raiseAdvocate(guest.advocate.reason);
        }
        atRisk.addDeliveries(guest.atRisk);
        advocate.addDeliveries(guest.advocate);
        askedMs = latest(LongStream.concat(Arrays.stream(askedMs), Arrays.stream(guest.askedMs)), Long.MIN_VALUE);
    }

    /** Records that the customer was asked a question. */
    public void asked(long nowMs) {
        askedMs = latest(LongStream.concat(Arrays.stream(askedMs), LongStream.of(nowMs)), nowMs - YEAR_MS);
    }

    /** Returns how often the customer was asked after a time. */
    public long askedSince(long timeMs) {
        return Arrays.stream(askedMs).filter(time -> time > timeMs).count();
    }

    /** Returns whether the customer is at risk. */
    public boolean isAtRisk() {
        return atRisk.so;
    }

    /** Returns whether the customer is an advocate. */
    public boolean isAdvocate() {
        return advocate.so;
    }

    /** Returns where the customer was when the risk was raised. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Marks the customer as at risk, with the reason and the touchpoint. */
    public void raiseRisk(String reason, String where) {
        atRisk.set(true, reason);
        touchpoint = where;
    }

    /** Marks the customer as no longer at risk. */
    public void clearRisk() {
        atRisk.set(false, CustomerRules.RECOVERED);
    }

    /** Marks the customer as an advocate, with the reason. */
    public void raiseAdvocate(String reason) {
        advocate.set(true, reason);
    }

    /** Marks the customer as no longer an advocate, with the reason. */
    public void clearAdvocate(String reason) {
        advocate.set(false, reason);
    }

    /** Returns the due signal about the risk and marks it as delivered; null if none is due. */
    public @Nullable Delivery deliverRisk(long nowMs) {
        if (!atRisk.deliver(nowMs)) {
            return null;
        }
        return new Delivery(atRisk.so ? Signal.Kind.AT_RISK : Signal.Kind.RECOVERED, true, atRisk.reason);
    }

    /** Returns the due signal about the advocate and marks it as delivered; null if none is due. */
    public @Nullable Delivery deliverAdvocate(long nowMs) {
        return advocate.deliver(nowMs) ? new Delivery(Signal.Kind.ADVOCATE, advocate.so, advocate.reason) : null;
    }

    /** Returns whether no condition holds, no signal is due, and the quiet time is over. */
    public boolean isOver(long nowMs) {
        return atRisk.isOver(nowMs) && advocate.isOver(nowMs) && askedSince(nowMs - YEAR_MS) == 0;
    }

    /**
     * Returns when a signal is due or the standing is over, if no event arrives; {@link Long#MAX_VALUE} for neither.
     */
    public long dueMs() {
        long deliveryMs = Math.min(atRisk.deliveryMs(), advocate.deliveryMs());
        if (deliveryMs < Long.MAX_VALUE || atRisk.so || advocate.so) {
            return deliveryMs;
        }
        long asked = askedMs.length == 0 ? Long.MIN_VALUE : askedMs[askedMs.length - 1] + YEAR_MS;
        return Math.max(asked, Math.max(atRisk.quietUntilMs(), advocate.quietUntilMs()));
    }

    /**
     * A signal to deliver.
     *
     * @param raised whether the condition began
     * @param reason why, as text
     */
    public record Delivery(Signal.Kind kind, boolean raised, String reason) {}
}
