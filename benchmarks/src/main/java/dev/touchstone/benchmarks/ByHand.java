package dev.touchstone.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.event.CustomerKey;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * H: what a good developer writes in an afternoon instead of using a library. A moving average of quality for each customer, in
 * a bounded cache, and for each touchpoint and channel; a counter and a histogram. No effort, no journeys, no explanation, no
 * interval, no pace, no duplicates, nothing kept.
 */
final class ByHand implements AutoCloseable {

    private static final double HALF_LIFE_MS = Duration.ofDays(30).toMillis();

    private final Cache<CustomerKey, Average> customers;
    private final Map<String, Average> touchpoints = new ConcurrentHashMap<>();
    private final Map<String, Average> channels = new ConcurrentHashMap<>();
    private final Attributes attributes = Attributes.of(AttributeKey.stringKey("touchpoint"), Business.TOUCHPOINT);
    private final SdkMeterProvider meters = SdkMeterProvider.builder()
            .registerMetricReader(InMemoryMetricReader.create())
            .build();
    private final LongCounter events;
    private final DoubleHistogram durations;

    ByHand(long maximumCustomers) {
        this.customers = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterAccess(Duration.ofDays(180))
                .build();
        Meter meter = meters.get("by-hand");
        this.events = meter.counterBuilder("events").build();
        this.durations = meter.histogramBuilder("duration").setUnit("ms").build();
    }

    void record(CustomerKey customer, String touchpoint, String channel, double durationMs, boolean successful) {
        long nowMs = System.currentTimeMillis();
        double quality = !successful ? 0 : durationMs <= 400 ? 1 : 400 / durationMs;
        customers.get(customer, absent -> new Average()).add(quality, nowMs);
        touchpoints.computeIfAbsent(touchpoint, absent -> new Average()).add(quality, nowMs);
        channels.computeIfAbsent(channel, absent -> new Average()).add(quality, nowMs);
        events.add(1, attributes);
        durations.record(durationMs, attributes);
    }

    @Override
    public void close() {
        meters.close();
    }

    /** A decaying average. */
    private static final class Average {

        private double sum;
        private double weight;
        private long atMs;

        synchronized void add(double quality, long nowMs) {
            double kept = Math.exp(-Math.log(2) * (nowMs - atMs) / HALF_LIFE_MS);
            sum = sum * kept + quality;
            weight = weight * kept + 1;
            atMs = nowMs;
        }
    }
}
