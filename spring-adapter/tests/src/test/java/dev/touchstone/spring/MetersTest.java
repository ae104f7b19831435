package dev.touchstone.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.store.SnapshotDirectory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics in Micrometer if OpenTelemetry collects none. */
class MetersTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Touchstone touchstone;

    @AfterEach
    void close() {
        if (touchstone != null) {
            touchstone.close();
        }
    }

    private TouchstoneMeters record(int maximumSeries) {
        TouchstoneMeters meters = new TouchstoneMeters(() -> touchstone, maximumSeries, nanoTime::get, () -> false);
        touchstone = Touchstone.builder()
                .maximumSeries(maximumSeries)
                .listener(meters)
                .build();
        meters.bindTo(registry);
        return meters;
    }

    @Test
    void theSumsAreThoseOfTheScoreboard() {
        record(10);
        touchstone.record(TouchpointEvent.builder("pay")
                .channel(Channel.of("app"))
                .durationMs(100)
                .build());
        touchstone.observe("pay", () -> {});
        touchstone.record(TouchpointEvent.builder("pay")
                .channel(Channel.of("app"))
                .durationMs(900)
                .build());
        nanoTime.addAndGet(1_000_000_000);
        for (Scoreboard.TouchpointScope scope : touchstone.scoreboard().touchpoints()) {
            String channel = scope.channel().name();
            assertThat(read("touchstone.events", channel))
                    .isEqualTo(scope.totals().events());
            assertThat(read("touchstone.weight", channel))
                    .isEqualTo(scope.totals().weight());
            assertThat(read("touchstone.quality", channel))
                    .isEqualTo(scope.totals().quality());
            assertThat(registry.get("touchstone.effort.units")
                            .tags("touchstone.channel", channel)
                            .functionCounters())
                    .hasSize(EffortDriver.values().length);
            assertThat(read("touchstone.tasks", channel))
                    .isEqualTo(scope.totals().tasks());
        }
        assertThat(registry.find("touchstone.experience.score")
                        .tags("touchstone.channel", "app", "touchstone.window", "now")
                        .gauge()
                        .value())
                .isBetween(0.0, 100.0);
    }

    private double read(String name, String channel) {
        return registry.get(name)
                .tags("touchstone.touchpoint", "pay", "touchstone.channel", channel)
                .functionCounter()
                .count();
    }

    @Test
    void theyAreNeverMoreThanTheCells() {
        record(3);
        for (int i = 0; i < 100; i++) {
            touchstone.record(TouchpointEvent.builder("made.up." + i).build());
            touchstone.record(TouchpointEvent.builder("made.up.0")
                    .channel(Channel.of("channel" + i))
                    .build());
        }
        Set<String> places = registry.getMeters().stream()
                .filter(meter -> meter.getId().getTag("touchstone.channel") != null)
                .map(meter -> meter.getId().getTag("touchstone.touchpoint") + " "
                        + meter.getId().getTag("touchstone.channel"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(places).hasSizeBetween(3, 4).contains("other unknown");
    }

    @Test
    void aRegistryThatComesLaterHasThemToo() {
        TouchstoneMeters meters = record(3);
        touchstone.observe("pay", () -> {});
        MeterRegistry later = new SimpleMeterRegistry();
        meters.bindTo(later);
        assertThat(later.find("touchstone.events").functionCounters()).hasSize(1);
    }

    @Test
    void registryThatDeniesMetersLosesNoEvent() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("touchstone"));
        record(3);
        for (int i = 0; i < 10; i++) {
            touchstone.observe("pay", () -> {});
            nanoTime.addAndGet(1_000_000_000);
        }
        assertThat(registry.getMeters()).isEmpty();
        assertThat(touchstone.health().accepted()).isEqualTo(10);
        assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isZero();
    }

    @Test
    void prometheusHasTheNamesThatOpenTelemetryWouldHave() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        record(3).bindTo(prometheus);
        touchstone.observe("pay", () -> {});
        nanoTime.addAndGet(1_000_000_000);
        assertThat(prometheus.scrape())
                .contains("touchstone_events_total{touchstone_channel=\"unknown\",touchstone_touchpoint=\"pay\"} 1.0")
                .contains("touchstone_effort_units_total{")
                .contains("touchstone_weight_total{")
                .contains("touchstone_quality_total{")
                .contains("touchstone_tasks_total{")
                .contains("touchstone_experience_score{touchstone_channel=\"unknown\",touchstone_touchpoint=\"pay\","
                        + "touchstone_window=\"now\"}");
    }

    @Test
    void ownerStageObjectiveMoneyAndGaugesAreThereForTheRules(@TempDir Path folder) {
        TouchstoneMeters meters = new TouchstoneMeters(() -> touchstone, 10, nanoTime::get, () -> false);
        touchstone = Touchstone.builder()
                .listener(meters)
                .pseudonymKey(PseudonymKey.of("a key of these tests, longer than 32 bytes".getBytes(UTF_8)))
                .store(SnapshotDirectory.at(folder))
                .catalog(catalog -> catalog.touchpoint(
                        "pay", t -> t.owner("payments").stage(Stage.PURCHASE).objective(0.99)))
                .build();
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.bindTo(prometheus);
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(CustomerId.of("ada"))
                .amount(40.0)
                .build());
        touchstone.record(TouchpointEvent.builder("pay").amount(-15.0).build());
        touchstone.snapshot();
        nanoTime.addAndGet(1_000_000_000);
        prometheus.scrape(); // the snapshot is seen now
        String pay = "touchstone_touchpoint=\"pay\"";
        assertThat(prometheus.scrape())
                .contains("touchstone_touchpoint_info{touchstone_owner=\"payments\",touchstone_stage=\"PURCHASE\","
                        + pay + "} 1")
                .contains("touchstone_touchpoint_objective{" + pay + "} 0.99")
                .contains("touchstone_amount_total{touchstone_channel=\"unknown\",touchstone_sign=\"positive\"," + pay
                        + "} 40.0")
                .contains("touchstone_amount_total{touchstone_channel=\"unknown\",touchstone_sign=\"negative\"," + pay
                        + "} 15.0")
                .contains("touchstone_customers 1.0")
                .contains("touchstone_snapshot_age_seconds ")
                .contains("touchstone_snapshot_size_bytes ");
    }

    @Test
    void anApplicationHasThemInItsRegistry() {
        try (ConfigurableApplicationContext context = start(Registry.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class)))
                    .contains("touchstone.events", "touchstone.experience.score");
        }
    }

    @Test
    void whereOpenTelemetryCollectsMetricsMicrometerTellsNothing() {
        try (ConfigurableApplicationContext context = start(Registry.class, WithMetrics.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class))).isEmpty();
            assertThat(context.getBean(InMemoryMetricReader.class).collectAllMetrics())
                    .extracting(MetricData::getName)
                    .contains("touchstone.events");
        }
    }

    @Test
    void whereOpenTelemetryOnlyTracesMicrometerTellsEverything() {
        try (ConfigurableApplicationContext context = start(Registry.class, OnlyTraces.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class))).contains("touchstone.events");
        }
    }

    @Test
    void propertyDecidesWhereMetricsGo() {
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.metrics=micrometer"), Registry.class, WithMetrics.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class))).contains("touchstone.events");
            assertThat(context.getBean(InMemoryMetricReader.class).collectAllMetrics())
                    .isEmpty();
        }
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.metrics=opentelemetry"), Registry.class, OnlyTraces.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class))).isEmpty();
        }
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.metrics=none"), Registry.class, WithMetrics.class)) {
            context.getBean(Touchstone.class).observe("pay", () -> {});
            assertThat(names(context.getBean(MeterRegistry.class))).isEmpty();
            assertThat(context.getBean(InMemoryMetricReader.class).collectAllMetrics())
                    .isEmpty();
        }
    }

    private static List<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .filter(name -> name.startsWith("touchstone"))
                .toList();
    }

    private static ConfigurableApplicationContext start(Class<?>... sources) {
        return start(List.of(), sources);
    }

    private static ConfigurableApplicationContext start(List<String> properties, Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "spring.main.banner-mode=off",
                                        "management.tracing.enabled=false",
                                        "management.otlp.metrics.export.enabled=false",
                                        "logging.level.root=warn"),
                                properties.stream())
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Registry {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithMetrics {

        @Bean
        InMemoryMetricReader reader() {
            return InMemoryMetricReader.create();
        }

        @Bean
        OpenTelemetry openTelemetry(InMemoryMetricReader reader) {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnlyTraces {

        @Bean
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder().build();
        }
    }
}
