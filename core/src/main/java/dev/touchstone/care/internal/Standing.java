package dev.touchstone.care.internal;

import dev.touchstone.care.Signal;
import dev.touchstone.internal.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What signals say of a customer, and which of it was delivered when. Most customers have none. A signal is delivered when
 * what was delivered last is not so any more, but each kind at most once in the quiet time. Mutable and not thread-safe.
 */
public final class Standing implements Cloneable {

    /** The least time between two deliveries of one kind, in milliseconds. */
    public static final long QUIET_MS = TimeUnit.HOURS.toMillis(24);

    /** For how long it is known that a customer was asked, in milliseconds. */
    public static final long YEAR_MS = TimeUnit.DAYS.toMillis(365);

    private static final int MOST_QUESTIONS = 64;
    private static final long[] NO_TIMES = {};

    private Said atRisk = new Said();
    private Said advocate = new Said();
    private String touchpoint = "";
    // when the customer was asked within a year, the earliest first
    private long[] askedMs = NO_TIMES;

    /** Makes one of a customer of whom nothing is said. */
    public Standing() {}

    /** Returns an independent copy. */
    public Standing copy() {
        try {
            Standing copy = (Standing) clone(); // the array is never changed
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
        atRisk.told = fields.flag("toldAtRisk", atRisk.told);
        advocate.told = fields.flag("toldAdvocate", advocate.told);
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

    /** Corrects what was dated later than the time is now, after the time went back. */
    public void goBack(long toMs) {
        atRisk.goBack(toMs);
        advocate.goBack(toMs);
        askedMs = Arrays.stream(askedMs).map(time -> Math.min(time, toMs)).toArray();
    }

    /** Takes over what is said of a guest who turned out to be this customer. */
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

    /** Notes that the customer was asked something. */
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

    /** Says that the customer is at risk, and why and where. */
    public void raiseRisk(String reason, String where) {
        atRisk.set(true, reason);
        touchpoint = where;
    }

    /** Says that the customer is not at risk any more. */
    public void clearRisk() {
        atRisk.set(false, CustomerRules.RECOVERED);
    }

    /** Says that the customer is an advocate, and why. */
    public void raiseAdvocate(String reason) {
        advocate.set(true, reason);
    }

    /** Says that the customer is no advocate any more, and why. */
    public void clearAdvocate(String reason) {
        advocate.set(false, reason);
    }

    /** Returns what has to be delivered now about the risk, which is then delivered; null if there is nothing. */
    public @Nullable Delivery deliverRisk(long nowMs) {
        if (!atRisk.deliver(nowMs)) {
            return null;
        }
        return new Delivery(atRisk.so ? Signal.Kind.AT_RISK : Signal.Kind.RECOVERED, true, atRisk.reason);
    }

    /** Returns what has to be delivered now about the advocate, which is then delivered; null if there is nothing. */
    public @Nullable Delivery deliverAdvocate(long nowMs) {
        return advocate.deliver(nowMs) ? new Delivery(Signal.Kind.ADVOCATE, advocate.so, advocate.reason) : null;
    }

    /** Returns whether nothing is said or to be delivered, and nothing is so recent that it defers something. */
    public boolean isOver(long nowMs) {
        return atRisk.isOver(nowMs) && advocate.isOver(nowMs) && askedSince(nowMs - YEAR_MS) == 0;
    }

    /** Returns when something is to be delivered or it is over, if nothing happens; {@link Long#MAX_VALUE} for neither. */
    public long dueMs() {
        long deliveryMs = Math.min(atRisk.deliveryMs(), advocate.deliveryMs());
        if (deliveryMs < Long.MAX_VALUE || atRisk.so || advocate.so) {
            return deliveryMs;
        }
        long asked = askedMs.length == 0 ? Long.MIN_VALUE : askedMs[askedMs.length - 1] + YEAR_MS;
        return Math.max(asked, Math.max(atRisk.quietUntilMs(), advocate.quietUntilMs()));
    }

    /**
     * What is to be delivered.
     *
     * @param raised whether it began
     * @param reason why, in words
     */
    public record Delivery(Signal.Kind kind, boolean raised, String reason) {}
}
