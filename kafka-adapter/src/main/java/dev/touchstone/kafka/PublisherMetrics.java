package dev.touchstone.kafka;

import dev.touchstone.kafka.KafkaPublisher.Status;
import dev.touchstone.telemetry.internal.InstanceAttribute;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;

/** The counts of a publisher as metrics of OpenTelemetry, read at each collection. Thread-safe. */
final class PublisherMetrics {

    private static final AttributeKey<String> REASON = AttributeKey.stringKey("touchstone.reason");

    private final KafkaPublisher publisher;
    private final Attributes attributes;
    private final ObservableLongMeasurement published;
    private final ObservableLongMeasurement dropped;
    private final ObservableDoubleMeasurement buffered;

    private PublisherMetrics(KafkaPublisher publisher, String instance, Meter meter) {
        this.publisher = publisher;
        this.attributes = attributes(instance);
        this.published = meter.counterBuilder("touchstone.kafka.published")
                .setUnit("{change}")
                .setDescription("Changes of customers that the brokers accepted.")
                .buildObserver();
        this.dropped = meter.counterBuilder("touchstone.kafka.dropped")
                .setUnit("{change}")
                .setDescription("Changes of customers that were not published, by reason.")
                .buildObserver();
        this.buffered = meter.gaugeBuilder("touchstone.kafka.buffered")
                .setUnit("{change}")
                .setDescription("Changes of customers that wait for the brokers.")
                .buildObserver();
    }

    static BatchCallback register(KafkaPublisher publisher, String instance, Meter meter) {
        PublisherMetrics metrics = new PublisherMetrics(publisher, instance, meter);
        return meter.batchCallback(metrics::collect, metrics.published, metrics.dropped, metrics.buffered);
    }

    /** Registers how old answers for a cluster are, and what scoring refused. */
    static BatchCallback register(KafkaCluster cluster, String instance, Meter meter) {
        Attributes attributes = attributes(instance);
        ObservableDoubleMeasurement lag = meter.gaugeBuilder("touchstone.cluster.lag")
                .setUnit("s")
                .setDescription("Age of the oldest part of an answer for the whole cluster.")
                .buildObserver();
        ObservableLongMeasurement refused = meter.counterBuilder("touchstone.kafka.refused")
                .setUnit("{record}")
                .setDescription("Records that scoring refused, which are dead letters, by reason.")
                .buildObserver();
        return meter.batchCallback(
                () -> {
                    cluster.lagSeconds().ifPresent(seconds -> lag.record(seconds, attributes));
                    cluster.refused()
                            .forEach((reason, count) -> refused.record(
                                    count,
                                    attributes.toBuilder().put(REASON, reason).build()));
                },
                lag,
                refused);
    }

    private static Attributes attributes(String instance) {
        AttributesBuilder attributes = Attributes.builder();
        InstanceAttribute.of(instance).forEach(attributes::put);
        return attributes.build();
    }

    private void collect() {
        Status status = publisher.status();
        published.record(status.published(), attributes);
        status.dropped()
                .forEach((loss, count) -> dropped.record(
                        count, attributes.toBuilder().put(REASON, loss.code()).build()));
        buffered.record(status.waiting(), attributes);
    }
}
