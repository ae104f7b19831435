package dev.touchstone.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects fields in a readable form: names, times and durations instead of numeric codes. */
final class FieldExport implements Fields {

    private static final int BITS = 2;
    private static final int MASK = (1 << BITS) - 1;

    private final Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    private boolean absent;

    Map<String, @Nullable Object> byName() {
        return Collections.unmodifiableMap(byName);
    }

    private void put(String name, @Nullable Object value) {
        byName.put(name, absent ? null : value);
    }

    @Override
    public boolean flag(String name, boolean value) {
        put(name, value);
        return value;
    }

    @Override
    public long count(String name, long value) {
        put(name, value);
        return value;
    }

    @Override
    public int number(String name, int value) {
        put(name, (long) value);
        return value;
    }

    @Override
    public int limit(String name, int value) {
        put(name, value == Integer.MAX_VALUE ? null : (long) value);
        return value;
    }

    @Override
    public double number(String name, double value) {
        put(name, Double.isNaN(value) ? null : value);
        return value;
    }

    @Override
    public long duration(String name, long valueMs) {
        put(name, Duration.ofMillis(valueMs));
        return valueMs;
    }

    @Override
    public long time(String name, long valueMs) {
        put(name, Instant.ofEpochMilli(valueMs));
        return valueMs;
    }

    @Override
    public long hash(String name, long value) {
        put(name, HexFormat.of().toHexDigits(value));
        return value;
    }

    @Override
    public String text(String name, String value) {
        put(name, value);
        return value;
    }

    @Override
    public byte[] bytes(String name, byte[] value) {
        put(name, HexFormat.of().formatHex(value));
        return value;
    }

    @Override
    public Channel channel(String name, Channel value) {
        put(name, value.name());
        return value;
    }

    @Override
    public CustomerKey key(String name, CustomerKey value) {
        put(name, value.toString());
        return value;
    }

    @Override
    public <E extends Enum<E>> E constant(String name, E[] constants, E value) {
        put(name, value.name());
        return value;
    }

    @Override
    public <E extends Enum<E>> int latest(String name, E[] constants, int packed) {
        List<String> latest = new ArrayList<>();
        for (int rest = packed; rest != 0; rest >>>= BITS) {
            latest.add(constants[(rest & MASK) - 1].name());
        }
        put(name, Collections.unmodifiableList(latest));
        return packed;
    }

    @Override
    public long chosen(String name, List<String> names, long packed) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if ((packed & (1L << i)) != 0) {
                chosen.add(names.get(i));
            }
        }
        put(name, Collections.unmodifiableList(chosen));
        return packed;
    }

    @Override
    public double[] numbers(String name, List<String> names, double[] values) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), i < values.length ? values[i] : 0);
        }
        put(name, Collections.unmodifiableMap(named));
        return values;
    }

    @Override
    public long epoch(String name, long epoch, long halfLifeMs, double[] sums) {
        boolean empty = true;
        for (double sum : sums) {
            empty &= sum == 0;
        }
        put("halfLife", halfLifeMs == 0 ? null : Duration.ofMillis(halfLifeMs));
        put(name, halfLifeMs == 0 || empty ? null : Instant.ofEpochMilli(epoch * halfLifeMs));
        return epoch;
    }

    @Override
    public double[] sums(String name, List<String> names, double[] sums) {
        return numbers(name, names, sums);
    }

    @Override
    public void group(boolean present, Runnable fields) {
        absent = !present;
        fields.run();
        absent = false;
    }

    @Override
    public <T> T value(String name, T value, Listing<T> fields) {
        put(name, Fields.export(nested -> fields.visit(value, nested)));
        return value;
    }

    @Override
    public <T> void optional(String name, @Nullable T value, Listing<T> fields) {
        put(name, value == null ? null : Fields.export(nested -> fields.visit(value, nested)));
    }

    @Override
    public <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields) {
        put(
                name,
                values.stream()
                        .map(value -> Fields.export(nested -> fields.visit(value, nested)))
                        .toList());
        return values;
    }
}
