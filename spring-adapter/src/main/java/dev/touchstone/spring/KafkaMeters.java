package dev.touchstone.spring;

import dev.touchstone.kafka.KafkaCluster;
import dev.touchstone.kafka.KafkaPublisher;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import dev.touchstone.telemetry.internal.InstanceAttribute;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The counts of a publisher as Micrometer meters, with the names used in OpenTelemetry. Thread-safe. */
final class KafkaMeters implements MeterBinder {

    private final KafkaPublisher publisher;
    private final @Nullable KafkaCluster cluster;
    private final Tags tags;
    private final BooleanSupplier elsewhere;

    /**
     * @param cluster the cluster; null if there is none
     * @param elsewhere whether metrics have another destination, so that no meter is registered
     */
    KafkaMeters(KafkaPublisher publisher, @Nullable KafkaCluster cluster, String instance, BooleanSupplier elsewhere) {
        this.publisher = publisher;
        this.cluster = cluster;
        this.tags = Tags.of(InstanceAttribute.of(instance).entrySet().stream()
                .map(attribute -> Tag.of(attribute.getKey(), attribute.getValue()))
                .toList());
        this.elsewhere = elsewhere;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (elsewhere.getAsBoolean()) {
            return;
        }
        FunctionCounter.builder(
                        "touchstone.kafka.published",
                        publisher,
                        counted -> counted.status().published())
                .tags(tags)
                .description("Changes of customers that the brokers accepted.")
                .register(registry);
        for (Loss loss : Loss.values()) {
            FunctionCounter.builder(
                            "touchstone.kafka.dropped",
                            publisher,
                            counted -> counted.status().dropped(loss))
                    .tags(tags.and("touchstone.reason", loss.code()))
                    .description("Changes of customers that were not published, by reason.")
                    .register(registry);
        }
        Gauge.builder(
                        "touchstone.kafka.buffered",
                        publisher,
                        counted -> counted.status().waiting())
                .tags(tags)
                .description("Changes of customers that wait for the brokers.")
                .register(registry);
        if (cluster != null) {
            Gauge.builder(
                            "touchstone.cluster.lag",
                            cluster,
                            asked -> asked.lagSeconds().orElse(Double.NaN))
                    .tags(tags)
                    .baseUnit("seconds")
                    .description("Age of the oldest part of an answer for the whole cluster.")
                    .register(registry);
            for (String reason : cluster.refused().keySet()) {
                FunctionCounter.builder(
                                "touchstone.kafka.refused",
                                cluster,
                                asked -> asked.refused().getOrDefault(reason, 0L))
                        .tags(tags.and("touchstone.reason", reason))
                        .description("Records that scoring refused, which are dead letters, by reason.")
                        .register(registry);
            }
        }
    }
}
