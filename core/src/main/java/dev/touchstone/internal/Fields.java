package dev.touchstone.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visits the fields of a stateful value, in the order in which the value lists them. Each method takes the current
 * value of a field and returns its new value: a writer returns its argument, a reader returns the value that it read.
 * One list such as {@code lastEventMs = fields.time("lastEvent", lastEventMs)} therefore serves both directions.
 *
 * <p>A value lists its fields in a method that takes a {@code Fields} and returns the value: a mutable value returns
 * itself, a record returns a new one. Reading starts from a blank value. The order defines the layout of the snapshot
 * file. Every listed field is part of snapshots and exports.
 */
public interface Fields {

    /** A boolean. */
    boolean flag(String name, boolean value);

    /** A count, at least 0. */
    long count(String name, long value);

    /** A count of fixed width, at least 0. */
    int number(String name, int value);

    /** A maximum; {@link Integer#MAX_VALUE} if there is none. */
    int limit(String name, int value);

    /** A finite number; NaN if it is missing. */
    double number(String name, double value);

    /** A duration in milliseconds. */
    long duration(String name, long valueMs);

    /** A time in milliseconds since 1970-01-01T00:00:00Z. */
    long time(String name, long valueMs);

    /** 64 bits of a hash. */
    long hash(String name, long value);

    /** A name. */
    String text(String name, String value);

    /** Bytes with a separate layout, which is not human-readable. The array is never modified. */
    byte[] bytes(String name, byte[] value);

    /** A channel. */
    Channel channel(String name, Channel value);

    /** A pseudonym. */
    CustomerKey key(String name, CustomerKey value);

    /** An enum constant. */
    <E extends Enum<E>> E constant(String name, E[] constants, E value);

    /**
     * The latest constants of an enum, packed into two bits each, the latest lowest: 0 for none, else the ordinal plus
     * 1.
     */
    <E extends Enum<E>> int latest(String name, E[] constants, int packed);

    /** A subset of at most 64 names, packed into one bit each, the first name lowest. Other bits are ignored. */
    long chosen(String name, List<String> names, long packed);

    /**
     * Finite numbers with names. Trailing zeros may be missing. The array is never modified.
     *
     * @return an array that is at least as long as the argument
     */
    double[] numbers(String name, List<String> names, double[] values);

    /**
     * The epoch of a half-life that sums are relative to. The {@link #sums} follow.
     *
     * @param halfLifeMs the half-life; 0 without decay
     * @param sums the sums that follow; if all are 0, the epoch has no meaning and may remain unchanged
     */
    long epoch(String name, long epoch, long halfLifeMs, double[] sums);

    /** Sums relative to the preceding {@link #epoch}, otherwise like {@link #numbers}. */
    double[] sums(String name, List<String> names, double[] sums);

    /** Fields that are present or absent together. Absent fields remain unchanged. */
    void group(boolean present, Runnable fields);

    /** A nested value with fields. */
    <T> T value(String name, T value, Listing<T> fields);

    /**
     * A mutable, optional value with fields. A reader fills the argument, or leaves it unchanged if the value is
     * absent.
     */
    <T> void optional(String name, @Nullable T value, Listing<T> fields);

    /**
     * A list of values with fields.
     *
     * @param blank returns the initial value for a reader
     * @return the argument, or a new mutable list
     */
    <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields);

    /**
     * Returns all fields by name, in a readable form: texts, numbers, booleans, {@link java.time.Instant} and
     * {@link java.time.Duration}, lists and maps of these, and null for missing values.
     */
    static Map<String, @Nullable Object> export(Consumer<Fields> fields) {
        FieldExport export = new FieldExport();
        fields.accept(export);
        return export.byName();
    }

    /** Lists the fields of a value, typically as a reference to a method of the value. */
    @FunctionalInterface
    interface Listing<T> {

        /** Visits the fields of a value, and returns the value with the visited fields. */
        T visit(T value, Fields fields);
    }
}
