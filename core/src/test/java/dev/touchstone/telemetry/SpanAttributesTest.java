package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class SpanAttributesTest {

    private static final String CANARY = "canary-4711";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final Touchstone touchstone = Touchstone.builder()
            .catalog(catalog -> catalog.touchpoint(
                            "pay",
                            pay -> pay.stage(Stage.PURCHASE)
                                    .channel(Channel.WEB)
                                    .journey("purchase"))
                    .journey("purchase"))
            .listener(TouchstoneTelemetry.spanAttributes())
            .build();

    @AfterEach
    void close() {
        touchstone.close();
        provider.close();
    }

    @Test
    void anAssessmentIsToldOnTheCurrentSpan() {
        SpanData span = during(() -> {
            try (Interaction visit = touchstone.begin("pay")) {
                visit.customer(CustomerId.of(CANARY)).retry().fail();
            }
        });
        assertThat(value(span, AttributeKey.stringKey("touchstone.touchpoint"))).isEqualTo("pay");
        assertThat(value(span, AttributeKey.stringKey("touchstone.channel"))).isEqualTo("web");
        assertThat(value(span, AttributeKey.stringKey("touchstone.stage"))).isEqualTo("PURCHASE");
        assertThat(value(span, AttributeKey.stringKey("touchstone.journey"))).isEqualTo("purchase");
        assertThat(value(span, AttributeKey.stringKey("touchstone.outcome"))).isEqualTo("FAILURE");
        assertThat(value(span, AttributeKey.doubleKey("touchstone.quality"))).isZero();
        assertThat(value(span, AttributeKey.doubleKey("touchstone.effort_units")))
                .isEqualTo(0.5);
        assertThat(value(span, AttributeKey.stringKey("touchstone.verdict"))).isEqualTo("MISSED");
        assertThat(span.getAttributes().size()).isEqualTo(8);
    }

    @Test
    void theSpanIsSomebodyElses() {
        SpanData span = during(() -> record(Outcome.FAILURE));
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(span.getName()).isEqualTo("host");
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotTold() {
        SpanData span = during(
                () -> touchstone.record(TouchpointEvent.builder("somewhere").build()));
        assertThat(names(span))
                .containsExactlyInAnyOrder(
                        "touchstone.touchpoint",
                        "touchstone.outcome",
                        "touchstone.quality",
                        "touchstone.effort_units",
                        "touchstone.verdict");
        assertThat(value(span, AttributeKey.stringKey("touchstone.outcome"))).isEqualTo("SUCCESS");
    }

    @Test
    void anAnswerAloneHasNoOutcome() {
        SpanData span = during(
                () -> touchstone.record(TouchpointEvent.feedback("pay", CustomerId.of(CANARY), Feedback.csat(5))));
        assertThat(names(span))
                .containsExactlyInAnyOrder(
                        "touchstone.touchpoint",
                        "touchstone.channel",
                        "touchstone.stage",
                        "touchstone.journey",
                        "touchstone.quality");
    }

    @Test
    void anAnswerDoesNotPassForWhatHappened() {
        SpanData span = during(() -> touchstone.record(TouchpointEvent.builder("pay")
                .outcome(Outcome.FAILURE)
                .feedback(Feedback.csat(5))
                .build()));
        assertThat(value(span, AttributeKey.doubleKey("touchstone.quality"))).isZero();
    }

    @Test
    void noCustomerIsTold() {
        SpanData span = during(() -> {
            try (Interaction visit = touchstone.begin("pay")) {
                visit.customer(CustomerId.of(CANARY)).succeed();
            }
        });
        String key = touchstone.key(CustomerId.of(CANARY)).toString();
        assertThat(span.toString()).doesNotContain(CANARY).doesNotContain(key);
    }

    @Test
    void thePseudonymIsToldToWhoAsksForIt() {
        try (Touchstone naming = Touchstone.builder()
                .listener(TouchstoneTelemetry.spanAttributesWithCustomer())
                .build()) {
            SpanData span = during(() -> naming.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of(CANARY))
                    .build()));
            assertThat(value(span, AttributeKey.stringKey("user.hash")))
                    .isEqualTo(naming.key(CustomerId.of(CANARY)).toString());
            assertThat(span.toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void aSpanThatIsNotRecordingCostsNoMemory() {
        try (SdkTracerProvider off =
                SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build()) {
            Span span = off.get("test").spanBuilder("host").startSpan();
            SpanAttributes listener = new SpanAttributes(false);
            TouchpointEvent event = TouchpointEvent.builder("pay").build();
            try (Scope scope = span.makeCurrent()) {
                assertThat(allocatedBy(() -> listener.assessed(event, null, null)))
                        .isZero();
            }
        }
    }

    private static long allocatedBy(Runnable task) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                task.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / 1_000;
    }

    private void record(Outcome outcome) {
        touchstone.record(TouchpointEvent.builder("pay").outcome(outcome).build());
    }

    private SpanData during(Runnable task) {
        Tracer tracer = provider.get("test");
        Span span = tracer.spanBuilder("host").startSpan();
        try (Scope scope = span.makeCurrent()) {
            task.run();
        } finally {
            span.end();
        }
        return exporter.getFinishedSpanItems().get(0);
    }

    private static <T> T value(SpanData span, AttributeKey<T> key) {
        return span.getAttributes().get(key);
    }

    private static Set<String> names(SpanData span) {
        return span.getAttributes().asMap().keySet().stream()
                .map(AttributeKey::getKey)
                .collect(Collectors.toSet());
    }
}
