package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.telemetry.EventLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where log events of an application go. */
class LogEventsTest {

    private static final String DEBUG = "logging.level.touchstone.events=debug";

    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    private ConfigurableApplicationContext start(List<String> properties, Class<?>... sources) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .sources(sources)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "spring.main.banner-mode=off",
                                        "management.otlp.metrics.export.enabled=false",
                                        "logging.level.root=warn",
                                        properties.contains(DEBUG) ? DEBUG : "logging.level.touchstone.events=info"),
                                properties.stream().filter(property -> !property.equals(DEBUG)))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
        written.start();
        logger().addAppender(written); // after the start, which sets up logging anew
        return context;
    }

    @AfterEach
    void stop() {
        logger().detachAppender(written);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("touchstone.events");
    }

    private static void miss(ConfigurableApplicationContext context) {
        context.getBean(Touchstone.class)
                .record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of("ada"))
                        .outcome(Outcome.FAILURE)
                        .build());
    }

    @Test
    void withoutExporterTheDefaultLogHasThemAtDebugOnly() {
        try (ConfigurableApplicationContext context = start(List.of())) {
            miss(context);
            assertThat(written.list).isEmpty();
        }
        try (ConfigurableApplicationContext context = start(List.of(DEBUG))) {
            miss(context);
            assertThat(written.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
        }
    }

    @Test
    void messageSaysWhatWasMissed() {
        try (ConfigurableApplicationContext context = start(List.of("touchstone.telemetry.logs=slf4j"))) {
            miss(context);
            assertThat(written.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("pay FAILURE, missed, quality 0.00");
            assertThat(written.list.get(0).getLevel()).isEqualTo(Level.INFO);
            assertThat(written.list.get(0).getKeyValuePairs()).noneMatch(pair -> pair.key.equals("user.hash"));
        }
    }

    @Test
    void thePropertiesHold() {
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.customer-keys=true", "touchstone.telemetry.logs=slf4j"))) {
            miss(context);
            assertThat(written.list.get(0).getKeyValuePairs()).anyMatch(pair -> pair.key.equals("user.hash"));
        }
        written.list.clear();
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.logged-events=none", "touchstone.telemetry.logs=slf4j"))) {
            miss(context);
            assertThat(written.list).isEmpty();
        }
        assertThatThrownBy(() -> start(List.of("touchstone.telemetry.log-sampling-rate=2")))
                .rootCause()
                .hasMessageContaining("touchstone.telemetry.log-sampling-rate");
    }

    @Test
    void noneIsNone() {
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.logs=none", DEBUG), Exporting.class)) {
            miss(context);
            assertThat(written.list).isEmpty();
            assertThat(context.getBean(InMemoryLogRecordExporter.class).getFinishedLogRecordItems())
                    .isEmpty();
            assertThat(context.getBeanProvider(EventLog.class).stream()).isEmpty();
        }
    }

    @Test
    void slf4jIsUsedEvenIfOpenTelemetryExportsLogs() {
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.logs=slf4j"), Exporting.class)) {
            miss(context);
            assertThat(written.list).hasSize(1);
            assertThat(context.getBean(InMemoryLogRecordExporter.class).getFinishedLogRecordItems())
                    .isEmpty();
        }
    }

    @Test
    void anExporterGetsThemAndTheLogDoesNot() {
        try (ConfigurableApplicationContext context = start(List.of(), Exporting.class)) {
            miss(context);
            assertThat(written.list).isEmpty();
            assertThat(context.getBean(InMemoryLogRecordExporter.class).getFinishedLogRecordItems())
                    .hasSize(1);
        }
    }

    @Test
    void anSdkWhoseLogsNobodyTakesDoesNotSwallowThem() {
        try (ConfigurableApplicationContext context = start(List.of(DEBUG), Swallowing.class)) {
            miss(context);
            assertThat(written.list).hasSize(1);
        }
    }

    @Test
    void anSdkThatIsAskedForGetsThemWhetherOrNotAnybodyTakesThem() {
        try (ConfigurableApplicationContext context =
                start(List.of("touchstone.telemetry.logs=opentelemetry", DEBUG), Swallowing.class)) {
            miss(context);
            assertThat(written.list).isEmpty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Exporting {

        @Bean
        InMemoryLogRecordExporter exporter() {
            return InMemoryLogRecordExporter.create();
        }

        @Bean
        OpenTelemetry openTelemetry(LogRecordExporter exporter) {
            return OpenTelemetrySdk.builder()
                    .setLoggerProvider(SdkLoggerProvider.builder()
                            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                            .build())
                    .build();
        }
    }

    /** As Spring Boot does where nothing is exported. */
    @Configuration(proxyBeanMethods = false)
    static class Swallowing {

        @Bean
        SdkLoggerProvider loggers() {
            return SdkLoggerProvider.builder()
                    .addLogRecordProcessor(BatchLogRecordProcessor.builder(LogRecordExporter.composite())
                            .build())
                    .build();
        }

        @Bean
        OpenTelemetry openTelemetry(SdkLoggerProvider loggers) {
            return OpenTelemetrySdk.builder().setLoggerProvider(loggers).build();
        }
    }
}
