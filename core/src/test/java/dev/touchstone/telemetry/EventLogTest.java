package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.telemetry.EventLog.LoggedEvents;
import dev.touchstone.test.ManualClock;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@SuppressWarnings("try")
class EventLogTest {

    private static final String CANARY = "canary-4711";

    private final Logger logger = (Logger) LoggerFactory.getLogger("touchstone.events");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final InMemoryLogRecordExporter exporter = InMemoryLogRecordExporter.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                    .build())
            .build();
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final PseudonymKey key = PseudonymKey.random();

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        logger.detachAppender(written);
        logger.setAdditive(true);
        logger.setLevel(null);
        openTelemetry.close();
    }

    @Test
    void whatWasMissedIsWrittenWithKeysAndValues() {
        try (Touchstone touchstone = touchstone(EventLog.builder())) {
            record(touchstone, "search", Outcome.SUCCESS);
            record(touchstone, "search", Outcome.FAILURE);
        }
        assertThat(written.list).hasSize(1);
        ILoggingEvent event = written.list.get(0);
        assertThat(event.getLevel()).isEqualTo(Level.INFO);
        assertThat(event.getFormattedMessage()).isEqualTo("search FAILURE, missed, quality 0.00");
        assertThat(values(event))
                .containsEntry("event.name", "touchstone.assessment")
                .containsEntry("touchstone.touchpoint", "search")
                .containsEntry("touchstone.outcome", "FAILURE")
                .containsEntry("touchstone.verdict", "MISSED")
                .containsEntry("touchstone.quality", 0.0)
                .doesNotContainKey("user.hash");
    }

    @Test
    void momentsOfTruthAreWrittenWhateverTheVerdictIfAskedFor() {
        try (Touchstone touchstone = touchstone(EventLog.builder().events(LoggedEvents.ALL))) {
            record(touchstone, "pay", Outcome.SUCCESS);
            record(touchstone, "search", Outcome.SUCCESS);
            record(touchstone, "search", Outcome.FAILURE);
        }
        assertThat(written.list)
                .extracting(event -> values(event).get("touchstone.touchpoint"))
                .containsExactly("pay", "search");
    }

    @Test
    void nothingIsWrittenIfNothingIsAskedFor() {
        try (Touchstone touchstone = touchstone(EventLog.builder().events(LoggedEvents.NONE))) {
            record(touchstone, "pay", Outcome.FAILURE);
        }
        assertThat(written.list).isEmpty();
    }

    @Test
    void aCustomerIsNamedByThePseudonymAndOnlyIfAskedFor() {
        try (Touchstone touchstone = touchstone(EventLog.builder().customerKeys())) {
            record(touchstone, "pay", Outcome.FAILURE);
            assertThat(values(written.list.get(0)))
                    .containsEntry(
                            "user.hash", touchstone.key(CustomerId.of(CANARY)).toString());
        }
        assertThat(written.list.toString()).doesNotContain(CANARY);
    }

    @Test
    void aSampleHoldsAlwaysTheSameCustomersAndWhatIsOfNobody() {
        try (Touchstone touchstone =
                touchstone(EventLog.builder().samplingRate(0.5).customerKeys())) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 200; i++) {
                    touchstone.record(TouchpointEvent.builder("search")
                            .customer(CustomerId.of("customer" + i))
                            .outcome(Outcome.FAILURE)
                            .build());
                    clock.advance(Duration.ofSeconds(1)); // more than the log takes at once
                }
            }
            Map<Object, Long> times = written.list.stream()
                    .collect(Collectors.groupingBy(event -> values(event).get("user.hash"), Collectors.counting()));
            assertThat(times).hasSizeBetween(60, 140);
            assertThat(times.values()).containsOnly(2L);
            written.list.clear();
            touchstone.record(
                    TouchpointEvent.builder("search").outcome(Outcome.FAILURE).build());
            assertThat(written.list).hasSize(1);
        }
    }

    @Test
    void aShareIsAboveNothingAndAtMostAll() {
        for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> EventLog.builder().samplingRate(share))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(share));
        }
    }

    @Test
    void whereOpenTelemetryTakesLogsTheyGoThereAndBelongToTheSpan() {
        Span span = openTelemetry.getTracer("test").spanBuilder("host").startSpan();
        try (Touchstone touchstone = touchstone(EventLog.builder().openTelemetry(() -> openTelemetry));
                Scope scope = span.makeCurrent()) {
            record(touchstone, "search", Outcome.FAILURE);
        }
        assertThat(written.list).isEmpty();
        assertThat(exporter.getFinishedLogRecordItems()).hasSize(1);
        LogRecordData event = exporter.getFinishedLogRecordItems().get(0);
        assertThat(event.getSpanContext()).isEqualTo(span.getSpanContext());
        assertThat(event.getSeverity()).isEqualTo(Severity.INFO);
        assertThat(event.getInstrumentationScopeInfo().getName()).isEqualTo("dev.touchstone");
        assertThat(event.getAttributes().get(AttributeKey.stringKey("touchstone.verdict")))
                .isEqualTo("MISSED");
        assertThat(event.getAttributes().get(AttributeKey.stringKey("event.name")))
                .isEqualTo("touchstone.assessment"); // 1.49 has no field for it
    }

    @Test
    void openTelemetryThatExportsNoLogsLeavesThemToSlf4jAtDebug() {
        try (OpenTelemetrySdk onlyTraces = OpenTelemetrySdk.builder().build();
                Touchstone touchstone = touchstone(EventLog.builder().openTelemetry(() -> onlyTraces))) {
            record(touchstone, "search", Outcome.FAILURE);
            assertThat(written.list).isEmpty();
            logger.setLevel(Level.DEBUG);
            record(touchstone, "search", Outcome.FAILURE);
        }
        assertThat(written.list).hasSize(1);
        assertThat(written.list.get(0).getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void messageOfAnAnswerNamesNoOutcome() {
        try (Touchstone touchstone = touchstone(EventLog.builder().events(LoggedEvents.ALL))) {
            touchstone.record(TouchpointEvent.feedback("pay", CustomerId.of(CANARY), Feedback.csat(2)));
        }
        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("pay feedback, quality 0.25");
    }

    @Test
    void atMostTenAssessmentsInTenSecondsAreWrittenAndTheRestIsCounted() {
        try (Touchstone touchstone = touchstone(EventLog.builder())) {
            for (int i = 0; i < 37; i++) {
                record(touchstone, "search", Outcome.FAILURE);
            }
            assertThat(written.list).hasSize(10);
            written.list.clear();
            clock.advance(Duration.ofSeconds(10));
            record(touchstone, "search", Outcome.FAILURE);
            record(touchstone, "search", Outcome.FAILURE);
        }
        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "EventLog suppressed 27 log events; at most 10 in 10 s are written",
                        "search FAILURE, missed, quality 0.00",
                        "search FAILURE, missed, quality 0.00");
    }

    @Test
    void eachChangeOfHealthIsWrittenOnce() {
        try (Touchstone touchstone = touchstone(EventLog.builder())) {
            touchstone.scoreboard();
            assertThat(written.list).isEmpty();
            touchstone.reject(DropReason.BAD_EVENT);
            touchstone.scoreboard(); // with a manual clock, this is when health is looked at
            touchstone.scoreboard();
            assertThat(states()).containsExactly("degraded");
            assertThat(written.list.get(0).getLevel()).isEqualTo(Level.WARN);
            clock.advance(Duration.ofMinutes(5));
            touchstone.scoreboard();
            touchstone.pause();
            touchstone.scoreboard();
            touchstone.resume();
            touchstone.scoreboard();
            assertThat(states()).containsExactly("degraded", "good", "paused", "good");
        }
    }

    private List<Object> states() {
        return written.list.stream()
                .map(event -> values(event).get("touchstone.health.state"))
                .toList();
    }

    private Touchstone touchstone(EventLog.Builder settings) {
        return builder(settings.build()).build();
    }

    private Touchstone caring(EventLog.Builder settings) {
        return builder(settings.build()).care().build();
    }

    private TouchstoneBuilder builder(EventLog log) {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(key)
                .catalog(catalog -> catalog.touchpoint("pay", pay -> pay.importance(3)))
                .listener(log)
                .signalListener(log)
                .healthListener(log);
    }

    @Test
    void signalsAreWrittenWithoutTheCustomer() {
        try (Touchstone touchstone = caring(EventLog.builder())) {
            record(touchstone, "pay", Outcome.FAILURE);
            String id = touchstone.care().cases().all().get(0).id();
            ILoggingEvent event = written.list.get(1);
            assertThat(event.getLevel()).isEqualTo(Level.INFO);
            assertThat(event.getFormattedMessage()).isEqualTo("AT_RISK RAISED at pay: failure at a moment of truth");
            assertThat(values(event))
                    .containsEntry("event.name", "touchstone.signal")
                    .containsEntry("touchstone.signal.kind", "AT_RISK")
                    .containsEntry("touchstone.signal.state", "RAISED")
                    .containsEntry("touchstone.signal.reason", "failure at a moment of truth")
                    .containsEntry("touchstone.touchpoint", "pay")
                    .containsEntry("touchstone.case", id)
                    .containsKeys("touchstone.signal.id", "touchstone.experience.score")
                    .doesNotContainKey("user.hash");
            assertThat(event.toString() + values(event))
                    .doesNotContain(touchstone.key(CustomerId.of(CANARY)).toString());
        }
    }

    @Test
    void signalsHaveTheCustomerIfThatIsAskedForAndGoToOpenTelemetry() {
        try (Touchstone touchstone = caring(EventLog.builder().customerKeys().openTelemetry(() -> openTelemetry))) {
            record(touchstone, "pay", Outcome.FAILURE);
            LogRecordData signal = exporter.getFinishedLogRecordItems().get(1);
            assertThat(signal.getSeverity()).isEqualTo(Severity.INFO);
            assertThat(signal.getAttributes().get(AttributeKey.stringKey("touchstone.signal.kind")))
                    .isEqualTo("AT_RISK");
            assertThat(signal.getAttributes().get(AttributeKey.stringKey("user.hash")))
                    .isEqualTo(touchstone.key(CustomerId.of(CANARY)).toString());
        }
    }

    @Test
    void manySignalsAboutCustomersAreHeldBackAndThatOfATouchpointIsNot() {
        try (Touchstone touchstone = caring(EventLog.builder().events(LoggedEvents.NONE))) {
            for (int i = 0; i < 600; i++) {
                clock.advance(Duration.ofSeconds(1));
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of("good " + i))
                        .build());
            }
            clock.advance(Duration.ofDays(1));
            for (int i = 0; i < 100; i++) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of("bad " + i))
                        .outcome(Outcome.FAILURE)
                        .build());
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of("bad " + i))
                        .outcome(Outcome.FAILURE)
                        .build());
            }
            assertThat(written.list).hasSize(10);
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(1));
            touchstone.scoreboard();
            ILoggingEvent degraded = written.list.stream()
                    .filter(event -> event.getLevel() == Level.WARN)
                    .findFirst()
                    .orElseThrow();
            assertThat(degraded.getFormattedMessage()).startsWith("DEGRADED RAISED at search: search lost ");
        }
    }

    private static void record(Touchstone touchstone, String touchpoint, Outcome outcome) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(CustomerId.of(CANARY))
                .outcome(outcome)
                .build());
    }

    private static Map<String, Object> values(ILoggingEvent event) {
        return event.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }
}
