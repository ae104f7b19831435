package dev.touchstone.state.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields that a {@link FieldWriter} wrote. Each method throws {@link MalformedException} if the data is not
 * valid.
 */
public class FieldReader implements Fields {

    private static final long MAX_TIME_MS = 1L << 62;

    final Input input;
    // one bit for each sum, set if the sum follows
    private long mask;

    public FieldReader(Input input) {
        this.input = input;
    }

    @Override
    public boolean flag(String name, boolean value) {
        return input.getByte() != 0;
    }

    @Override
    public long count(String name, long value) {
        long count = input.getCount();
        if (count > Saturating.MAX_STORED_COUNT) {
            throw new MalformedException(name + ": count " + count + " exceeds the maximum");
        }
        return count;
    }

    @Override
    public int number(String name, int value) {
        return input.getInt();
    }

    @Override
    public int limit(String name, int value) {
        return input.getInt();
    }

    @Override
    public double number(String name, double value) {
        return input.getDouble();
    }

    @Override
    public long duration(String name, long valueMs) {
        return input.getLong();
    }

    @Override
    public long time(String name, long valueMs) {
        return inRange(name, input.getLong());
    }

    /** Returns a time if it can be subtracted from any other without overflow. */
    public static long inRange(String name, long timeMs) {
        if (timeMs > MAX_TIME_MS || timeMs < -MAX_TIME_MS) {
            throw new MalformedException(name + ": time " + timeMs + " is out of range");
        }
        return timeMs;
    }

    @Override
    public long hash(String name, long value) {
        return input.getLong();
    }

    @Override
    public String text(String name, String value) {
        return input.getText();
    }

    @Override
    public byte[] bytes(String name, byte[] value) {
        ByteBuffer part = input.getPart().bytes();
        byte[] read = new byte[part.remaining()];
        part.get(read);
        return read;
    }

    @Override
    public Channel channel(String name, Channel value) {
        return Codes.readChannel(input);
    }

    @Override
    public CustomerKey key(String name, CustomerKey value) {
        return Codes.readKey(input);
    }

    @Override
    public <E extends Enum<E>> E constant(String name, E[] constants, E value) {
        return Codes.constant(constants, input.getByte());
    }

    @Override
    public <E extends Enum<E>> int latest(String name, E[] constants, int packed) {
        return (int) input.getCount();
    }

    @Override
    public long chosen(String name, List<String> names, long packed) {
        long read = input.getLong();
        if ((read & ~Codes.bits(names.size())) != 0) {
            throw new MalformedException(
                    name + ": name " + (Long.SIZE - Long.numberOfLeadingZeros(read)) + " of " + names.size());
        }
        return read;
    }

    @Override
    public double[] numbers(String name, List<String> names, double[] values) {
        epoch(name, 0, 0, values);
        return sums(name, names, values);
    }

    @Override
    public long epoch(String name, long epoch, long halfLifeMs, double[] sums) {
        mask = input.getCount();
        return mask == 0 ? epoch : input.getSigned();
    }

    @Override
    public double[] sums(String name, List<String> names, double[] sums) {
        if (mask == 0) {
            return sums;
        }
        int size = Long.SIZE - Long.numberOfLeadingZeros(mask);
        if (size > names.size()) {
            throw new MalformedException(name + ": number " + size + " of " + names.size());
        }
        double[] read = new double[Math.max(size, sums.length)];
        for (int i = 0; i < size; i++) {
            if ((mask & 1L << i) != 0) {
                read[i] = input.getDouble();
                if (!Double.isFinite(read[i])) {
                    throw new MalformedException(name + ": " + names.get(i) + " is not finite");
                }
            }
        }
        return read;
    }

    @Override
    public void group(boolean present, Runnable fields) {
        if (flag("", present)) {
            fields.run();
        }
    }

    @Override
    public <T> T value(String name, T value, Listing<T> fields) {
        return fields.visit(value, this);
    }

    @Override
    public <T> void optional(String name, @Nullable T value, Listing<T> fields) {
        if (flag(name, value != null)) {
            if (value == null) {
                throw new MalformedException(name + " is present where it is not allowed");
            }
            fields.visit(value, this);
        }
    }

    @Override
    public <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields) {
        List<T> read = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            read.add(fields.visit(blank.get(), this));
        }
        return read;
    }
}
