package dev.touchstone.history.internal;

import dev.touchstone.internal.Fields;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/**
 * The history of one cell or journey: hours of the last 8 days and days of the last 400, in at most 10 kB. It is
 * sampled from monotonic counters, so recording has no extra cost. The increase since the previous sample belongs to
 * the period of the sample. Thread-safe.
 */
public final class ScopeHistory {

    /** The number of retained hours. */
    public static final int HOURS = 8 * 24;

    /** The number of retained days. */
    public static final int DAYS = 400;

    private static final int BYTES_OF_HOURS = 3_000;
    private static final int BYTES_OF_DAYS = 6_950;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final Periods hours = new Periods(HOUR_MS, HOURS, BYTES_OF_HOURS);
    private final Periods days = new Periods(DAY_MS, DAYS, BYTES_OF_DAYS);
    private PeriodSums seen = PeriodSums.NONE;

    /** Adds the increase since the last sample to the periods of a time. */
    public synchronized void sample(PeriodSums counters, long timeMs) {
        PeriodSums added = counters.minus(seen);
        seen = counters;
        hours.add(added, timeMs);
        days.add(added, timeMs);
    }

    /**
     * Passes the sums of the hours of the last 8 days, with the number of the hour since 1970. An hour may be passed
     * several times, each time with a part of its sums.
     */
    public synchronized void forEachHour(long nowMs, ObjLongConsumer<PeriodSums> visitor) {
        hours.forEach(nowMs, visitor);
    }

    /** Passes the sums of the days (UTC) of the last 400 days, like {@link #forEachHour}. */
    public synchronized void forEachDay(long nowMs, ObjLongConsumer<PeriodSums> visitor) {
        days.forEach(nowMs, visitor);
    }

    /** Returns the size of the completed periods in bytes. */
    synchronized int size() {
        return hours.ended.size() + days.ended.size();
    }

    /** Corrects times that are in the future after the clock went back. */
    public synchronized void goBack(long toMs) {
        hours.goBack(toMs);
        days.goBack(toMs);
    }

    /** Returns a copy for saving, in which the current periods are completed. */
    public synchronized ScopeHistory saved() {
        ScopeHistory saved = new ScopeHistory();
        saved.hours.restore(hours);
        saved.days.restore(days);
        return saved;
    }

    /** Takes over saved periods. No events may have been sampled yet. */
    public synchronized void restore(ScopeHistory kept) {
        hours.restore(kept.hours);
        days.restore(kept.days);
    }

    /** Returns whether there were never any events. */
    public synchronized boolean isEmpty() {
        return hours.isEmpty() && days.isEmpty();
    }

    /** Lists the fields of a {@linkplain #saved() saved} history. A reader starts with an empty one. */
    public synchronized ScopeHistory fields(Fields fields) {
        hours.fields("hours", fields);
        days.fields("days", fields);
        return this;
    }

    /** The periods of one length: the completed ones and the current one. */
    private static final class Periods {

        private final long lengthMs;
        private final int kept;
        private final PackedPeriods ended;
        private long present = Long.MIN_VALUE;
        private PeriodSums sums = PeriodSums.NONE;

        Periods(long lengthMs, int kept, int maxBytes) {
            this.lengthMs = lengthMs;
            this.kept = kept;
            this.ended = new PackedPeriods(kept, maxBytes);
        }

        void add(PeriodSums added, long timeMs) {
            long period = Math.floorDiv(timeMs, lengthMs);
            if (period > present) {
                end();
                present = period;
            }
            sums = added.isNothing() ? sums : sums.plus(added);
        }

        private void end() {
            ended.add(present, sums);
            sums = PeriodSums.NONE;
        }

        void forEach(long nowMs, ObjLongConsumer<PeriodSums> visitor) {
            long oldest = Math.floorDiv(nowMs, lengthMs) - kept;
            ended.forEach((of, period) -> {
                if (period > oldest) {
                    visitor.accept(of, period);
                }
            });
            if (!sums.isNothing() && present > oldest) {
                visitor.accept(sums, present);
            }
        }

        void goBack(long toMs) {
            long latest = Math.floorDiv(toMs, lengthMs);
            if (present > latest) {
                end();
                present = latest;
            }
            ended.goBack(latest);
        }

        void restore(Periods kept) {
            ended.restore(kept.ended);
            ended.add(kept.present, kept.sums);
            present = Math.max(present, kept.present);
        }

        boolean isEmpty() {
            return sums.isNothing() && ended.size() == 0;
        }

        void fields(String name, Fields fields) {
            ended.fields(name, fields);
        }
    }
}
