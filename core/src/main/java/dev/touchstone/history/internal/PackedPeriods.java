package dev.touchstone.history.internal;

import dev.touchstone.internal.Fields;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/**
 * The latest periods of one length with events, in chronological order: about 13 to 17 bytes each. A period may have
 * several entries, which are added. The oldest periods are removed if there are too many bytes, or if they are too old.
 * Mutable and not thread-safe.
 */
final class PackedPeriods {

    private static final byte[] NOTHING = {};
    private static final int MAX_ENTRY = 80;
    private static final int OTHER_TASKS = 1;
    private static final int OTHER_SQUARES = 1 << 1;
    private static final int EFFORT = 1 << 2;
    private static final int OTHER_WEIGHT = 1 << 3;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final double ROUNDING = 1e-6;

    private final int maxPeriods;
    private final int maxBytes;
    private byte[] bytes;
    // the period of the last entry
    private long last;

    /**
     * Creates an empty instance.
     *
     * @param maxPeriods the number of periods to retain
     * @param maxBytes the maximum number of bytes
     */
    PackedPeriods(int maxPeriods, int maxBytes) {
        this.maxPeriods = maxPeriods;
        this.maxBytes = maxBytes;
        this.bytes = NOTHING;
    }

    /** Adds the sums of a period, which is not before the one added last. */
    void add(long period, PeriodSums sums) {
        if (sums.isNothing()) {
            return;
        }
        long at = Math.max(period, last); // the clock may have gone back
        bytes = joined(packed(at - last, sums), bytes, bytes.length, false);
        last = at;
        forget(at - maxPeriods);
    }

    /** Removes all periods up to one, and the oldest ones beyond the maximum of bytes. */
    private void forget(long upTo) {
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        long period = 0;
        while (entries.hasRemaining()) {
            int from = entries.position();
            Read read = read(entries);
            period += read.distance;
            if (period > upTo && bytes.length - from <= maxBytes) {
                if (from > 0) { // the first distance is relative to 1970
                    bytes = joined(packed(period, read.sums), bytes, bytes.length - entries.position(), true);
                }
                return;
            }
        }
        bytes = NOTHING;
        last = 0;
    }

    /** Returns the last bytes of an array, with others before or after them. */
    private static byte[] joined(byte[] entry, byte[] others, int length, boolean first) {
        byte[] all = new byte[entry.length + length];
        System.arraycopy(entry, 0, all, first ? 0 : length, entry.length);
        System.arraycopy(others, others.length - length, all, first ? entry.length : 0, length);
        return all;
    }

    /** Corrects periods later than the latest possible one after the clock went back. */
    void goBack(long latest) {
        if (last > latest) {
            byte[] all = bytes;
            bytes = NOTHING;
            last = 0;
            forEach(all, (sums, period) -> add(Math.min(period, latest), sums));
        }
    }

    /** Takes over the entries of another instance. */
    void restore(PackedPeriods read) {
        bytes = read.bytes; // never modified
        last = read.last;
    }

    /** Passes each entry with its period. */
    void forEach(ObjLongConsumer<PeriodSums> visitor) {
        forEach(bytes, visitor);
    }

    private static void forEach(byte[] bytes, ObjLongConsumer<PeriodSums> visitor) {
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        long period = 0;
        while (entries.hasRemaining()) {
            Read read = read(entries);
            period += read.distance;
            visitor.accept(read.sums, period);
        }
    }

    /** Returns the number of bytes. */
    int size() {
        return bytes.length;
    }

    /**
     * Lists the fields.
     *
     * @throws IllegalArgumentException if the values are not possible for periods
     */
    void fields(String name, Fields fields) {
        byte[] read = fields.bytes(name, bytes);
        if (read != bytes) {
            bytes = read;
            last = 0;
            check(name);
        }
    }

    private void check(String name) {
        try {
            forEach((sums, period) -> {
                if (period < last || !sums.isPossible()) {
                    throw new IllegalArgumentException(name + ": sums " + sums + " at period " + period
                            + " are not possible; the stored data is damaged");
                }
                last = period;
            });
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(name + ": last period ends too early; the stored data is damaged", e);
        }
        forget(last - maxPeriods);
    }

    private static byte[] packed(long distance, PeriodSums sums) {
        ByteBuffer entry = ByteBuffer.allocate(MAX_ENTRY);
        boolean otherTasks = sums.tasks() != sums.events();
        boolean effort = sums.units() != 0 || sums.unitSquares() != 0;
        double equal = sums.events() == 0 ? 0 : sums.weight() * sums.weight() / (double) sums.events();
        boolean otherSquares = Math.abs(sums.squares() - equal) > ROUNDING * equal;
        boolean otherWeight = sums.weight() != (double) sums.events();
        entry.put((byte) ((otherTasks ? OTHER_TASKS : 0)
                | (otherSquares ? OTHER_SQUARES : 0)
                | (effort ? EFFORT : 0)
                | (otherWeight ? OTHER_WEIGHT : 0)));
        putCount(distance, entry);
        putCount(sums.events(), entry);
        putCount(sums.failures(), entry);
        putCount(sums.missed(), entry);
        if (otherTasks) {
            putCount(sums.tasks(), entry);
        }
        if (otherWeight) {
            entry.putFloat(bounded(sums.weight()));
        }
        entry.putFloat(bounded(sums.lost()));
        if (otherSquares) {
            entry.putFloat(bounded(sums.squares()));
        }
        if (effort) {
            entry.putFloat(bounded(sums.units())).putFloat(bounded(sums.unitSquares()));
        }
        return Arrays.copyOf(entry.array(), entry.position());
    }

    private static float bounded(double sum) {
        return (float) Math.min(sum, Float.MAX_VALUE);
    }

    private static Read read(ByteBuffer entries) {
        int flags = entries.get();
        long distance = getCount(entries);
        long events = getCount(entries);
        long failures = getCount(entries);
        long missed = getCount(entries);
        long tasks = (flags & OTHER_TASKS) == 0 ? events : getCount(entries);
        double weight = (flags & OTHER_WEIGHT) == 0 ? (double) events : entries.getFloat();
        double lost = entries.getFloat();
        double squares = (flags & OTHER_SQUARES) == 0
                ? (events == 0 ? 0 : weight * weight / (double) events)
                : entries.getFloat();
        double units = (flags & EFFORT) == 0 ? 0 : entries.getFloat();
        double unitSquares = (flags & EFFORT) == 0 ? 0 : entries.getFloat();
        return new Read(
                distance, new PeriodSums(events, tasks, failures, missed, weight, squares, lost, units, unitSquares));
    }

    private static void putCount(long count, ByteBuffer entry) {
        long rest = count;
        while (rest > SEVEN_BITS) {
            entry.put((byte) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        entry.put((byte) rest);
    }

    private static long getCount(ByteBuffer entries) {
        long count = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = entries.get();
            count |= (long) (next & SEVEN_BITS) << shift;
            if (next >= 0) {
                return count;
            }
        }
        throw new IllegalArgumentException("count in a period is not terminated; the stored data is damaged");
    }

    private record Read(long distance, PeriodSums sums) {}
}
