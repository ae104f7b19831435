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

    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final int MOST_QUESTIONS = 64;
    private static final long[] NO_TIMES = {};

    private boolean atRisk;
    private boolean advocate;
    private boolean toldAtRisk;
    private boolean toldAdvocate;
    private long atRiskMs = NEVER;
    private long recoveredMs = NEVER;
    private long advocateMs = NEVER;
    private long formerAdvocateMs = NEVER;
    private String touchpoint = "";
    private String riskReason = "";
    private String advocateReason = "";
    // when the customer was asked within a year, the earliest first
    private long[] askedMs = NO_TIMES;

    /** Makes one of a customer of whom nothing is said. */
    public Standing() {}

    /** Returns an independent copy. */
    public Standing copy() {
        try {
            return (Standing) clone(); // the array is never changed
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lists the fields. */
    public Standing fields(Fields fields) {
        atRisk = fields.flag("atRisk", atRisk);
        advocate = fields.flag("advocate", advocate);
        toldAtRisk = fields.flag("toldAtRisk", toldAtRisk);
        toldAdvocate = fields.flag("toldAdvocate", toldAdvocate);
        touchpoint = fields.text("touchpoint", touchpoint);
        riskReason = fields.text("riskReason", riskReason);
        advocateReason = fields.text("advocateReason", advocateReason);
        atRiskMs = time("lastAtRisk", atRiskMs, fields);
        recoveredMs = time("lastRecovered", recoveredMs, fields);
        advocateMs = time("lastAdvocate", advocateMs, fields);
        formerAdvocateMs = time("lastFormerAdvocate", formerAdvocateMs, fields);
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
        fields.group(valueMs != NEVER, () -> time[0] = fields.time(name, valueMs));
        return time[0];
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    public void goBack(long toMs) {
        atRiskMs = Math.min(atRiskMs, toMs);
        recoveredMs = Math.min(recoveredMs, toMs);
        advocateMs = Math.min(advocateMs, toMs);
        formerAdvocateMs = Math.min(formerAdvocateMs, toMs);
        askedMs = Arrays.stream(askedMs).map(time -> Math.min(time, toMs)).toArray();
    }

    /** Takes over what is said of a guest who turned out to be this customer. */
    public void merge(Standing guest) {
        if (guest.atRisk && !atRisk) {
            raiseRisk(guest.riskReason, guest.touchpoint);
        }
        if (guest.advocate && !advocate) {
            raiseAdvocate(guest.advocateReason);
        }
        toldAtRisk |= guest.toldAtRisk;
        toldAdvocate |= guest.toldAdvocate;
        atRiskMs = Math.max(atRiskMs, guest.atRiskMs);
        recoveredMs = Math.max(recoveredMs, guest.recoveredMs);
        advocateMs = Math.max(advocateMs, guest.advocateMs);
        formerAdvocateMs = Math.max(formerAdvocateMs, guest.formerAdvocateMs);
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
        return atRisk;
    }

    /** Returns whether the customer is an advocate. */
    public boolean isAdvocate() {
        return advocate;
    }

    /** Returns where the customer was when the risk was raised. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Says that the customer is at risk, and why and where. */
    public void raiseRisk(String reason, String where) {
        atRisk = true;
        riskReason = reason;
        touchpoint = where;
    }

    /** Says that the customer is not at risk any more. */
    public void clearRisk() {
        atRisk = false;
        riskReason = CustomerRules.RECOVERED;
    }

    /** Says that the customer is an advocate, and why. */
    public void raiseAdvocate(String reason) {
        advocate = true;
        advocateReason = reason;
    }

    /** Says that the customer is no advocate any more, and why. */
    public void clearAdvocate(String reason) {
        advocate = false;
        advocateReason = reason;
    }

    /** Returns what has to be delivered now about the risk, which is then delivered; null if there is nothing. */
    public @Nullable Delivery deliverRisk(long nowMs) {
        if (atRisk == toldAtRisk || nowMs - (atRisk ? atRiskMs : recoveredMs) < QUIET_MS) {
            return null;
        }
        toldAtRisk = atRisk;
        if (atRisk) {
            atRiskMs = nowMs;
            return new Delivery(Signal.Kind.AT_RISK, true, riskReason);
        }
        recoveredMs = nowMs;
        return new Delivery(Signal.Kind.RECOVERED, true, riskReason);
    }

    /** Returns what has to be delivered now about the advocate, which is then delivered; null if there is nothing. */
    public @Nullable Delivery deliverAdvocate(long nowMs) {
        if (advocate == toldAdvocate || nowMs - (advocate ? advocateMs : formerAdvocateMs) < QUIET_MS) {
            return null;
        }
        toldAdvocate = advocate;
        if (advocate) {
            advocateMs = nowMs;
        } else {
            formerAdvocateMs = nowMs;
        }
        return new Delivery(Signal.Kind.ADVOCATE, advocate, advocateReason);
    }

    /** Returns whether nothing is said or to be delivered, and nothing is so recent that it defers something. */
    public boolean isOver(long nowMs) {
        if (askedSince(nowMs - YEAR_MS) > 0) {
            return false;
        }
        long latestMs = Math.max(Math.max(atRiskMs, recoveredMs), Math.max(advocateMs, formerAdvocateMs));
        return !atRisk && !advocate && !toldAtRisk && !toldAdvocate && nowMs - latestMs >= QUIET_MS;
    }

    /**
     * What is to be delivered.
     *
     * @param raised whether it began
     * @param reason why, in words
     */
    public record Delivery(Signal.Kind kind, boolean raised, String reason) {}
}
