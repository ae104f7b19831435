package dev.touchstone.state.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes fields as bytes, without names: order and type define the layout. For arrays of numbers, only non-zero
 * elements are written, since most customers have few.
 */
public class FieldWriter implements Fields {

    final Output output;

    public FieldWriter(Output output) {
        this.output = output;
    }

    @Override
    public boolean flag(String name, boolean value) {
        output.putByte(value ? 1 : 0);
        return value;
    }

    @Override
    public long count(String name, long value) {
        output.putCount(Math.min(value, Saturating.MAX_STORED_COUNT));
        return value;
    }

    @Override
    public int number(String name, int value) {
        output.putInt(value);
        return value;
    }

    @Override
    public int limit(String name, int value) {
        output.putInt(value);
        return value;
    }

    @Override
    public double number(String name, double value) {
        output.putDouble(value);
        return value;
    }

    @Override
    public long duration(String name, long valueMs) {
        output.putLong(valueMs);
        return valueMs;
    }

    @Override
    public long time(String name, long valueMs) {
        output.putLong(valueMs);
        return valueMs;
    }

    @Override
    public long hash(String name, long value) {
        output.putLong(value);
        return value;
    }

    @Override
    public String text(String name, String value) {
        output.putText(value);
        return value;
    }

    @Override
    public byte[] bytes(String name, byte[] value) {
        output.putBytes(ByteBuffer.wrap(value));
        return value;
    }

    @Override
    public Channel channel(String name, Channel value) {
        output.putText(value.name());
        return value;
    }

    @Override
    public CustomerKey key(String name, CustomerKey value) {
        Codes.write(value, output);
        return value;
    }

    @Override
    public <E extends Enum<E>> E constant(String name, E[] constants, E value) {
        output.putByte(value.ordinal());
        return value;
    }

    @Override
    public <E extends Enum<E>> int latest(String name, E[] constants, int packed) {
        output.putCount(packed);
        return packed;
    }

    @Override
    public long chosen(String name, List<String> names, long packed) {
        output.putLong(packed & Codes.bits(names.size()));
        return packed;
    }

    @Override
    public double[] numbers(String name, List<String> names, double[] values) {
        epoch(name, 0, 0, values);
        return sums(name, names, values);
    }

    @Override
    public long epoch(String name, long epoch, long halfLifeMs, double[] sums) {
        long mask = 0;
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != 0) {
                mask |= 1L << i;
            }
        }
        output.putCount(mask);
        if (mask != 0) {
            output.putSigned(epoch);
        }
        return epoch;
    }

    @Override
    public double[] sums(String name, List<String> names, double[] sums) {
        for (double sum : sums) {
            if (sum != 0) {
                output.putDouble(sum);
            }
        }
        return sums;
    }

    @Override
    public void group(boolean present, Runnable fields) {
        if (flag("", present)) {
            fields.run();
        }
    }

    @Override
    public <T> T value(String name, T value, Listing<T> fields) {
        fields.visit(value, this);
        return value;
    }

    @Override
    public <T> void optional(String name, @Nullable T value, Listing<T> fields) {
        if (flag(name, value != null) && value != null) {
            fields.visit(value, this);
        }
    }

    @Override
    public <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields) {
        output.putCount(values.size());
        values.forEach(value -> fields.visit(value, this));
        return values;
    }
}
