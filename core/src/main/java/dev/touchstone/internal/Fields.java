package dev.touchstone.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visits the fields of a stateful value, in the order in which the value lists them. Each method takes the present value
 * of a field and returns the value that the field has from now on: a writer returns what it was given, a reader returns
 * what it has read. So one list, {@code lastEventMs = fields.time("lastEvent", lastEventMs)}, serves all directions.
 *
 * <p>A value lists its fields in a method that takes a {@code Fields} and returns the value: a mutable value returns
 * itself, a record returns a new one. Reading starts from a blank value. The order is the layout of the
 * snapshot file. A field in the list is part of snapshots and exports.
 */
public interface Fields {

    /** A yes or no. */
    boolean flag(String name, boolean value);

    /** A number of things, at least 0. */
    long count(String name, long value);

    /** A number of things of fixed width, at least 0. */
    int number(String name, int value);

    /** A maximum; {@link Integer#MAX_VALUE} if there is none. */
    int limit(String name, int value);

    /** A finite or missing number; NaN is missing. */
    double number(String name, double value);

    /** A duration in milliseconds. */
    long duration(String name, long valueMs);

    /** A time in milliseconds since 1970-01-01T00:00:00Z. */
    long time(String name, long valueMs);

    /** 64 bits of a hash. */
    long hash(String name, long value);

    /** A name. */
    String text(String name, String value);

    /** Bytes with a layout of their own, which are not for people to read. The array is never changed. */
    byte[] bytes(String name, byte[] value);

    /** A channel. */
    Channel channel(String name, Channel value);

    /** A pseudonym. */
    CustomerKey key(String name, CustomerKey value);

    /** A constant of an enum. */
    <E extends Enum<E>> E constant(String name, E[] constants, E value);

    /** The latest constants of an enum, packed into two bits each: 0 for none, else the ordinal plus 1, the latest lowest. */
    <E extends Enum<E>> int latest(String name, E[] constants, int packed);

    /** Those of at most 64 names that are chosen, packed into one bit each, the first name lowest. Other bits are left out. */
    long chosen(String name, List<String> names, long packed);

    /**
     * Finite numbers with names. Trailing zeros may be missing. The array is never changed.
     *
     * @return an array that is at least as long as the one given
     */
    double[] numbers(String name, List<String> names, double[] values);

    /**
     * The epoch of a half-life to which sums are relative. The {@link #sums} follow.
     *
     * @param halfLifeMs the half-life; 0 if nothing decays
     * @param sums the sums that follow; if all are 0 the epoch has no meaning and may stay as it is
     */
    long epoch(String name, long epoch, long halfLifeMs, double[] sums);

    /** Sums relative to the {@link #epoch} before, otherwise as {@link #numbers}. */
    double[] sums(String name, List<String> names, double[] sums);

    /** Fields that are only there together. Absent fields stay as they are. */
    void group(boolean present, Runnable fields);

    /** A value with fields of its own. */
    <T> T value(String name, T value, Listing<T> fields);

    /**
     * A mutable value with fields of its own that may be missing. A reader fills the one given and leaves it as it is if
     * there is nothing to read.
     */
    <T> void optional(String name, @Nullable T value, Listing<T> fields);

    /**
     * A list of values with fields of their own.
     *
     * @param blank returns a value for a reader to start from
     * @return the list given, or a new mutable one
     */
    <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields);

    /**
     * Returns all fields by name, for people to read: texts, numbers, booleans, {@link java.time.Instant} and
     * {@link java.time.Duration}, lists and maps of these, and null for what is missing.
     */
    static Map<String, @Nullable Object> export(Consumer<Fields> fields) {
        FieldExport export = new FieldExport();
        fields.accept(export);
        return export.byName();
    }

    /** Lists the fields of a value, as a method of the value does. */
    @FunctionalInterface
    interface Listing<T> {

        /** Visits the fields of a value, and returns the value that has what the visit returned. */
        T visit(T value, Fields fields);
    }
}
