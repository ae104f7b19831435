package dev.touchstone.telemetry;

import dev.touchstone.Touchstone;
import dev.touchstone.telemetry.internal.Metric;
import dev.touchstone.telemetry.internal.Samples;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleGaugeBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one scoreboard per collection. Thread-safe. */
final class ScoreMetrics {

    private static final Logger LOGGER = LoggerFactory.getLogger(TouchstoneTelemetry.class);

    private final Touchstone touchstone;
    private final Meter meter;
    private final Map<Metric, ObservableMeasurement> instruments = new EnumMap<>(Metric.class);
    private final AtomicBoolean failed = new AtomicBoolean();

    ScoreMetrics(Touchstone touchstone, Meter meter) {
        this.touchstone = touchstone;
        this.meter = meter;
        for (Metric metric : Metric.values()) {
            instruments.put(metric, instrument(metric));
        }
    }

    private ObservableMeasurement instrument(Metric metric) {
        String name = metric.key();
        String unit = metric.unit();
        String description = metric.description();
        return switch (metric.kind()) {
            case GAUGE -> gauge(meter.gaugeBuilder(name), unit, description);
            case COUNT ->
                meter.counterBuilder(name)
                        .setUnit(unit)
                        .setDescription(description)
                        .buildObserver();
            case SUM ->
                meter.counterBuilder(name)
                        .setUnit(unit)
                        .setDescription(description)
                        .ofDoubles()
                        .buildObserver();
        };
    }

    private static ObservableMeasurement gauge(DoubleGaugeBuilder gauge, String unit, String description) {
        return gauge.setUnit(unit).setDescription(description).buildObserver();
    }

    BatchCallback register() {
        ObservableMeasurement[] all = instruments.values().toArray(ObservableMeasurement[]::new);
        return meter.batchCallback(this::collect, all[0], Arrays.copyOfRange(all, 1, all.length));
    }

    /** Reports all metrics, or none if the scoreboard cannot be read; never throws. */
    void collect() {
        try {
            Samples.tell(touchstone.ownScoreboard(), this::record);
        } catch (RuntimeException e) {
            // an exception would affect the other instruments of the application in the same collection
            if (failed.compareAndSet(false, true)) {
                LOGGER.warn(
                        "ScoreMetrics could not read the scores: {}",
                        e.getClass().getName());
            }
        }
    }

    private void record(Metric metric, Map<String, String> attributes, double value) {
        ObservableMeasurement instrument = instruments.get(metric);
        // an instrument of an SDK may implement both interfaces, so the kind decides
        if (metric.kind() != Metric.Kind.COUNT && instrument instanceof ObservableDoubleMeasurement sum) {
            sum.record(value, attributes(attributes));
        } else if (instrument instanceof ObservableLongMeasurement count) {
            count.record((long) value, attributes(attributes));
        }
    }

    private static Attributes attributes(Map<String, String> named) {
        AttributesBuilder attributes = Attributes.builder();
        named.forEach(attributes::put);
        return attributes.build();
    }
}
