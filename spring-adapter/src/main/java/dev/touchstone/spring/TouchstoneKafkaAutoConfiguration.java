package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.kafka.KafkaCluster;
import dev.touchstone.kafka.KafkaPublisher;
import dev.touchstone.kafka.TouchstoneKafka;
import dev.touchstone.settings.InstanceSettings;
import dev.touchstone.spring.TelemetryProperties.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AllNestedConditions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.ClassUtils;

/**
 * Publishes changes of customers to Kafka if {@code touchstone.kafka.bootstrap-servers} is set and the artifact
 * {@code touchstone-kafka} is on the class path. The publisher's counts have the destination of the other metrics.
 */
@AutoConfiguration(after = {TouchstoneAutoConfiguration.class, TouchstoneOpenTelemetryAutoConfiguration.class})
@Conditional(TouchstoneKafkaAutoConfiguration.OnKafka.class)
@EnableConfigurationProperties(KafkaProperties.class)
public final class TouchstoneKafkaAutoConfiguration {

    /** Recording and publishing are enabled. */
    static final class OnKafka extends AllNestedConditions {

        OnKafka() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        /** Recording is enabled. */
        @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
        static class Enabled {}

        /** Broker addresses are set. */
        @ConditionalOnProperty("touchstone.kafka.bootstrap-servers")
        static class Addresses {}
    }

    /** The publisher, a listener of the instance. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "dev.touchstone.kafka.KafkaPublisher")
    static class Publishing {

        @Bean
        @ConditionalOnMissingBean
        TouchstoneKafka touchstoneKafka(TouchstoneProperties instance, KafkaProperties properties) {
            PseudonymKey key = key(instance);
            String servers = String.valueOf(properties.bootstrapServers());
            List<String> problems = new ArrayList<>();
            TouchstoneKafka built = attempt("bootstrap-servers", problems, () -> TouchstoneKafka.at(servers, key))
                    .flatMap(kafka -> {
                        attempt("topic-prefix", problems, () -> kafka.topicPrefix(properties.topicPrefix()));
                        attempt(
                                "minimum-replication",
                                problems,
                                () -> kafka.minimumReplication(properties.minimumReplication()));
                        attempt("capacity", problems, () -> kafka.capacity(properties.capacity()));
                        apply(properties.scoring(), kafka, problems);
                        properties
                                .properties()
                                .forEach((name, value) ->
                                        attempt("properties." + name, problems, () -> kafka.property(name, value)));
                        return attempt("properties", problems, kafka::build);
                    })
                    .orElse(null);
            if (built == null || !problems.isEmpty()) {
                throw new InvalidPropertiesException(problems);
            }
            return built;
        }

        private static void apply(
                KafkaProperties.Scoring scoring, TouchstoneKafka.Builder kafka, List<String> problems) {
            attempt("scoring.partitions", problems, () -> kafka.partitions(scoring.partitions()));
            attempt("scoring.maximum-customers", problems, () -> kafka.maximumCustomers(scoring.maximumCustomers()));
            if (scoring.stateDirectory() != null) {
                kafka.stateDirectory(scoring.stateDirectory());
            }
        }

        private static PseudonymKey key(TouchstoneProperties instance) {
            try {
                return InstanceSettings.pseudonymKey(instance.keyFile())
                        .orElseThrow(() -> new InvalidPropertiesException(
                                List.of("touchstone.kafka.bootstrap-servers: the pods must share a pseudonym key; set"
                                        + " touchstone.key-file or " + PseudonymKey.ENVIRONMENT_VARIABLE)));
            } catch (IllegalArgumentException e) {
                throw new InvalidPropertiesException(List.of("touchstone.key-file: " + e.getMessage()));
            }
        }

        private static <T> Optional<T> attempt(String property, List<String> problems, Supplier<T> setting) {
            try {
                return Optional.of(setting.get());
            } catch (IllegalArgumentException e) {
                problems.add("touchstone.kafka." + property + ": " + e.getMessage());
                return Optional.empty();
            }
        }

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        KafkaPublisher touchstoneKafkaPublisher(TouchstoneKafka kafka) {
            return kafka.publisher();
        }

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean(name = "touchstoneKafkaMetrics")
        @Lazy(false)
        BatchCallback touchstoneKafkaMetrics(
                KafkaPublisher publisher, Touchstone touchstone, TelemetryDestinations destinations) {
            return publisher.metrics(touchstone, destinations.openTelemetryOfMetrics());
        }

        /** The publisher's counts as meters. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterBinder.class)
        static class Meters {

            @Bean
            @ConditionalOnMissingBean
            KafkaMeters touchstoneKafkaMeters(
                    KafkaPublisher publisher,
                    ObjectProvider<KafkaCluster> cluster,
                    TouchstoneProperties properties,
                    ObjectProvider<TelemetryDestinations> destinations) {
                return new KafkaMeters(
                        publisher,
                        cluster.getIfAvailable(),
                        properties.name(),
                        () -> destinations.stream().anyMatch(chosen -> chosen.metrics() != Metrics.MICROMETER));
            }
        }
    }

    /** The cluster: a listener that scores, and answers for all instances. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "dev.touchstone.kafka.KafkaCluster")
    @ConditionalOnProperty(prefix = "touchstone.kafka.scoring", name = "enabled")
    static class Scoring {

        private static final String NEEDED = "org.apache.kafka.streams.AutoOffsetReset";

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        KafkaCluster touchstoneKafkaCluster(
                TouchstoneKafka kafka, TouchstoneProperties properties, ObjectProvider<Touchstone> touchstone) {
            if (!ClassUtils.isPresent(NEEDED, getClass().getClassLoader())) {
                throw new InvalidPropertiesException(
                        List.of("touchstone.kafka.scoring.enabled: kafka-streams is older than"
                                + " 4.0; set the property kafka.version of the build to 4.3.1, or switch scoring off"));
            }
            return kafka.cluster(
                    () -> properties.scoring().catalog(touchstone.getObject().catalog()));
        }

        @Bean
        @ConditionalOnMissingBean(name = "touchstoneKafkaClusterStart")
        SmartLifecycle touchstoneKafkaClusterStart(KafkaCluster cluster) {
            return new KafkaClusterStart(cluster);
        }

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean(name = "touchstoneKafkaClusterMetrics")
        @Lazy(false)
        BatchCallback touchstoneKafkaClusterMetrics(
                KafkaCluster cluster, Touchstone touchstone, TelemetryDestinations destinations) {
            return cluster.metrics(touchstone, destinations.openTelemetryOfMetrics());
        }
    }

    /** Stops the application: nothing would be published. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("dev.touchstone.kafka.KafkaPublisher")
    @Lazy(false)
    static class Missing {

        Missing() {
            throw new InvalidPropertiesException(
                    List.of("touchstone.kafka.bootstrap-servers: the artifact touchstone-kafka is"
                            + " not on the class path; add it, or remove the property"));
        }
    }
}
