package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.KafkaCluster;
import dev.touchstone.kafka.KafkaPublisher;
import dev.touchstone.kafka.TouchstoneKafka;
import dev.touchstone.kafka.tests.Broker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** With the artifact and an address, what is recorded is published; what is missing for it stops the application. */
@Timeout(180)
class KafkaTest {

    private static final String NOWHERE = "touchstone.kafka.bootstrap-servers=127.0.0.1:1";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TouchstoneAutoConfiguration.class,
                    TouchstoneOpenTelemetryAutoConfiguration.class,
                    TouchstoneKafkaAutoConfiguration.class));

    private static String keyFile(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("touchstone.key"), "a secret of 32 bytes, or of more");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return "touchstone.key-file=" + file;
    }

    @Test
    void whatIsRecordedIsPublishedAndCounted(@TempDir Path folder) throws Exception {
        try (Broker broker = Broker.started()) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("shop-events", 3, (short) 1)))
                        .all()
                        .get(1, TimeUnit.MINUTES);
            }
            InMemoryMetricReader reader = InMemoryMetricReader.create();
            OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
            KafkaPublisher[] kept = new KafkaPublisher[1];
            runner.withBean(OpenTelemetrySdk.class, () -> openTelemetry)
                    .withPropertyValues(
                            keyFile(folder),
                            "touchstone.name=shop",
                            "touchstone.telemetry.metrics=opentelemetry",
                            "touchstone.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                            "touchstone.kafka.topic-prefix=shop",
                            "touchstone.kafka.minimum-replication=1",
                            "touchstone.kafka.capacity=100",
                            "touchstone.kafka.properties.compression.type=none",
                            "touchstone.kafka.properties.[client.id]=pod-1")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Touchstone touchstone = context.getBean(Touchstone.class);
                        KafkaPublisher publisher = context.getBean(KafkaPublisher.class);
                        kept[0] = publisher;
                        CustomerId ada = CustomerId.of("ada");
                        touchstone.record(
                                TouchpointEvent.builder("pay").customer(ada).build());
                        touchstone.erase(ada);
                        await().atMost(Duration.ofMinutes(1))
                                .until(() -> publisher.status().published() == 2);
                        assertThat(touchstone.health().problems()).isEmpty();
                        assertThat(reader.collectAllMetrics().stream()
                                        .filter(metric -> metric.getName().startsWith("touchstone.kafka."))
                                        .map(KafkaTest::describe))
                                .containsExactlyInAnyOrder(
                                        "touchstone.kafka.published [2]",
                                        "touchstone.kafka.dropped [0, 0, 0, 0]",
                                        "touchstone.kafka.buffered [0.0]");

                        touchstone.record(
                                TouchpointEvent.builder("pay").customer(ada).build());
                    });
            assertThat(kept[0].status().published()).isEqualTo(3); // closing the context sent what was waiting
            openTelemetry.close();
        }
    }

    @Test
    void applicationScoresAndAnswersUntilItCloses(@TempDir Path folder) throws Exception {
        String[] scoring = {
            keyFile(folder),
            "touchstone.lifetime=true",
            "touchstone.journeys[0].name=buy",
            "touchstone.journeys[0].ends=pay",
            "touchstone.touchpoints[0].name=pay",
            "touchstone.touchpoints[0].journey=buy",
            "touchstone.kafka.topic-prefix=scored",
            "touchstone.kafka.minimum-replication=1",
            "touchstone.kafka.scoring.enabled=true",
            "touchstone.kafka.scoring.partitions=2",
            "touchstone.kafka.scoring.state-directory=" + folder.resolve("state")
        };
        if (!ClassUtils.isPresent("org.apache.kafka.streams.AutoOffsetReset", null)) {
            runner.withPropertyValues(scoring)
                    .withPropertyValues(NOWHERE)
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining(
                                    "touchstone.kafka.scoring.enabled: kafka-streams is older than 4.0"));
            return;
        }
        try (Broker broker = Broker.started()) {
            KafkaCluster[] kept = new KafkaCluster[1];
            runner.withPropertyValues(scoring)
                    .withPropertyValues("touchstone.kafka.bootstrap-servers=" + broker.bootstrapServers())
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Touchstone touchstone = context.getBean(Touchstone.class);
                        kept[0] = context.getBean(KafkaCluster.class);
                        SimpleMeterRegistry registry = new SimpleMeterRegistry();
                        context.getBean(KafkaMeters.class).bindTo(registry);
                        CustomerId ada = CustomerId.of("ada");
                        touchstone.record(
                                TouchpointEvent.builder("pay").customer(ada).build());
                        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                            CustomerExperience experience = touchstone.customer(ada);
                            assertThat(experience.coverage().orElseThrow().isWhole())
                                    .isTrue();
                            assertThat(experience.lifetimeExperience().isPresent())
                                    .isTrue();
                            assertThat(touchstone.scoreboard().coverage()).isPresent();
                            assertThat(touchstone.scoreboard().journeys().get(0).completed())
                                    .as("the journey is declared where partitions are scored")
                                    .isEqualTo(1);
                        });
                        assertThat(registry.get("touchstone.cluster.lag")
                                        .gauge()
                                        .value())
                                .isNotNegative();
                        assertThat(registry.get("touchstone.kafka.refused").functionCounters())
                                .hasSize(5)
                                .allMatch(counter -> counter.count() == 0);
                        // a thread may join later than the first answer
                        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                            assertThat(touchstone.health().problems()).isEmpty();
                            assertThat(kept[0]).asString().endsWith("scoring is running");
                        });
                    });
            assertThat(kept[0]).asString().endsWith("scoring is not running");
        }
    }

    private static String describe(MetricData metric) {
        List<? extends Number> values = metric.getLongSumData().getPoints().isEmpty()
                ? metric.getDoubleGaugeData().getPoints().stream()
                        .map(point -> point.getValue())
                        .toList()
                : metric.getLongSumData().getPoints().stream()
                        .map(point -> point.getValue())
                        .toList();
        return metric.getName() + " " + values;
    }

    @Test
    void metersHaveTheSameNames(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(keyFile(folder), NOWHERE, "touchstone.name=shop")
                .run(context -> {
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(KafkaMeters.class).bindTo(registry);

                    assertThat(registry.getMeters().stream()
                                    .map(meter -> meter.getId().getName()
                                            + meter.getId().getTags()))
                            .containsExactlyInAnyOrder(
                                    "touchstone.kafka.published[tag(touchstone.instance=shop)]",
                                    "touchstone.kafka.dropped[tag(touchstone.instance=shop), tag(touchstone.reason=buffer_full)]",
                                    "touchstone.kafka.dropped[tag(touchstone.instance=shop), tag(touchstone.reason=too_large)]",
                                    "touchstone.kafka.dropped[tag(touchstone.instance=shop), tag(touchstone.reason=serialization)]",
                                    "touchstone.kafka.dropped[tag(touchstone.instance=shop), tag(touchstone.reason=broker)]",
                                    "touchstone.kafka.buffered[tag(touchstone.instance=shop)]");
                    context.getBean(KafkaPublisher.class).close();
                    assertThat(registry.get("touchstone.kafka.buffered").gauge().value())
                            .isZero();
                });
    }

    @Test
    void withoutAnAddressThereIsNoPublisher(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(keyFile(folder))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(KafkaPublisher.class)
                        .doesNotHaveBean(TouchstoneKafka.class));
        runner.withPropertyValues(NOWHERE, "touchstone.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(KafkaPublisher.class));
    }

    @Test
    void whatIsMissingStopsTheApplication(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(NOWHERE)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "touchstone.kafka.bootstrap-servers: the pods must share a pseudonym key"));
        runner.withClassLoader(new FilteredClassLoader(KafkaPublisher.class, TouchstoneKafka.class))
                .withPropertyValues(keyFile(folder), NOWHERE)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "touchstone.kafka.bootstrap-servers: the artifact touchstone-kafka is"));
    }

    @Test
    void whatIsWrongIsReportedAtOnceAndNoSecretIsPrinted(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(
                        keyFile(folder),
                        NOWHERE,
                        "touchstone.kafka.topic-prefix=a b",
                        "touchstone.kafka.minimum-replication=0",
                        "touchstone.kafka.capacity=0",
                        "touchstone.kafka.scoring.partitions=0",
                        "touchstone.kafka.scoring.maximum-customers=0",
                        "touchstone.kafka.properties.acks=1",
                        "touchstone.kafka.properties.security.protocol=NONE",
                        "touchstone.kafka.properties.sasl.jaas.config=canary-secret")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("touchstone.kafka.topic-prefix: topic prefix \"a b\"")
                        .hasStackTraceContaining("touchstone.kafka.minimum-replication: minimum replication 0")
                        .hasStackTraceContaining("touchstone.kafka.capacity: capacity 0")
                        .hasStackTraceContaining("touchstone.kafka.scoring.partitions: partitions 0")
                        .hasStackTraceContaining("touchstone.kafka.scoring.maximum-customers: maximum customers 0")
                        .hasStackTraceContaining("touchstone.kafka.properties.acks: property acks")
                        .hasStackTraceContaining(
                                "touchstone.kafka.properties: property of Kafka's clients: Invalid value NONE")
                        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("canary-secret")));
    }

    @Test
    void badAddressStopsTheApplication(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(keyFile(folder), "touchstone.kafka.bootstrap-servers=broker")
                .run(
                        context -> assertThat(context.getStartupFailure())
                                .hasStackTraceContaining(
                                        "touchstone.kafka.bootstrap-servers: bootstrap servers \"broker\": expected addresses"));
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void misspeltPropertyIsFound(@TempDir Path folder) throws IOException {
        runner.withPropertyValues(keyFile(folder), NOWHERE, "touchstone.kafka.topic-prefx=shop")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "touchstone.kafka.topic-prefx: is not a property of Touchstone; did you mean"
                                        + " \"touchstone.kafka.topic-prefix\"?"));
    }
}
