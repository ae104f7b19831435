package dev.touchstone.spring;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.telemetry.internal.Metric;
import dev.touchstone.telemetry.internal.Samples;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Every {@link Metric} as Micrometer meters, with the names and values of OpenTelemetry. Meters are registered at
 * their first appearance on a scoreboard, and read from a scoreboard that is at most a fifth of a second old. Their
 * number is bounded by that of the instance's series. Thread-safe.
 */
final class TouchstoneMeters
        implements MeterBinder, AssessmentListener, SmartInitializingSingleton, MeterRegistryNames {

    private static final long MAX_AGE = Duration.ofMillis(200).toNanos();
    /**
     * Bounds lookups of channels that are not on the scoreboard, since clients may invent channels. Each is looked
     * up once.
     */
    private static final int LOOKED_FOR_PER_CELL = 4;

    private final Supplier<Touchstone> instance;
    private final LongSupplier nanoTime;
    private final BooleanSupplier elsewhere;
    private final int mostLookedFor;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final Set<Place> lookedFor = ConcurrentHashMap.newKeySet();
    private final Set<Series> registered = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Picture picture;

    /**
     * @param instance returns the instance, which does not exist yet at this time
     * @param maximumSeries the maximum number of combinations of touchpoint and channel in the instance
     * @param nanoTime returns nanoseconds; only differences are used
     * @param elsewhere whether metrics have another destination, so that no meter is registered
     */
    TouchstoneMeters(
            Supplier<Touchstone> instance, int maximumSeries, LongSupplier nanoTime, BooleanSupplier elsewhere) {
        this.instance = instance;
        this.nanoTime = nanoTime;
        this.elsewhere = elsewhere;
        this.mostLookedFor = LOOKED_FOR_PER_CELL * maximumSeries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (elsewhere.getAsBoolean()) {
            return;
        }
        registries.add(registry);
        registered.forEach(series -> register(series, registry));
    }

    @Override
    public Set<String> meterRegistries() {
        return registries.stream()
                .flatMap(registry -> registry instanceof CompositeMeterRegistry composite
                        ? composite.getRegistries().stream()
                        : Stream.of(registry))
                .map(registry -> registry.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Registers the meters that exist before the first event: zero offered and zero dropped. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!registries.isEmpty()) {
            refresh();
        }
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        if (registries.isEmpty()) {
            return;
        }
        Place place = new Place(touchpoint.name(), event.channel().orElse(Channel.UNKNOWN));
        if (!lookedFor.contains(place) && lookedFor.size() < mostLookedFor && lookedFor.add(place)) {
            refresh();
        }
    }

    private void register(Series series, MeterRegistry registry) {
        List<Tag> tags = series.attributes().entrySet().stream()
                .map(attribute -> Tag.of(attribute.getKey(), attribute.getValue()))
                .toList();
        Metric metric = series.metric();
        String unit = switch (metric.unit()) {
            case "s" -> "seconds";
            case "By" -> "bytes";
            default -> null;
        };
        switch (metric.kind()) {
            case GAUGE ->
                Gauge.builder(metric.key(), this, meters -> meters.read(series))
                        .tags(tags)
                        .baseUnit(unit)
                        .description(metric.description())
                        .register(registry);
            case COUNT, SUM ->
                FunctionCounter.builder(metric.key(), this, meters -> meters.read(series))
                        .tags(tags)
                        .baseUnit(unit)
                        .description(metric.description())
                        .register(registry);
        }
    }

    private double read(Series series) {
        Picture current = picture;
        if (current == null || nanoTime.getAsLong() - current.takenAt() > MAX_AGE) {
            current = refresh();
        }
        return current.values().getOrDefault(series, Double.NaN);
    }

    private Picture refresh() {
        Map<Series, Double> values = new HashMap<>();
        Samples.tell(
                instance.get().ownScoreboard(),
                (metric, attributes, value) -> values.put(new Series(metric, attributes), value));
        Picture taken = new Picture(values, nanoTime.getAsLong());
        picture = taken;
        values.keySet().stream()
                .filter(registered::add)
                .forEach(series -> registries.forEach(registry -> register(series, registry)));
        return taken;
    }

    /** A touchpoint in a channel. */
    private record Place(String touchpoint, Channel channel) {}

    /** A metric with attributes. */
    private record Series(Metric metric, Map<String, String> attributes) {}

    /** Values at some time. */
    private record Picture(Map<Series, Double> values, long takenAt) {}
}
