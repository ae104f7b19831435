package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Of a stream in WebFlux, the first byte is the answer; that the customer leaves it later costs nothing. */
class ReactiveStreamsTest {

    private static ReactiveShop shop;

    /** Lets streams go on. */
    private static Sinks.Many<String> gate = Sinks.many().multicast().directBestEffort();

    @BeforeAll
    static void open() {
        shop = ReactiveShop.open(List.of(), Pages.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
        gate = Sinks.many().multicast().directBestEffort();
    }

    @ParameterizedTest
    @CsvSource({"/sse, true", "/ndjson, true", "/text, true", "/json, false"})
    void durationOfAStreamIsTheTimeToItsFirstByte(String path, boolean stream) throws Exception {
        double openedMs; // the gate, long after the first byte
        try (StreamClient client = new StreamClient(shop.port(), path)) {
            client.firstByte();
            await().until(() -> gate.currentSubscriberCount() > 0);
            long seen = System.nanoTime();
            await().until(() -> System.nanoTime() - seen > TimeUnit.MILLISECONDS.toNanos(300));
            openedMs = client.elapsedMs();
            gate.tryEmitNext("second").orThrow();
            gate.tryEmitComplete().orThrow();
            client.readAll();
        }
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
        if (stream) {
            assertThat(event.durationMs().orElseThrow()).isLessThan(openedMs);
        } else {
            assertThat(event.durationMs().orElseThrow()).isGreaterThanOrEqualTo(300);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/ndjson", "/text"})
    void clientThatLeavesAStreamHasNotAbandoned(String path) throws Exception {
        try (StreamClient client = new StreamClient(shop.port(), path)) {
            client.firstByte();
            await().until(() -> gate.currentSubscriberCount() > 0);
            client.reset();
        }
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void clientThatLeavesAStreamBeforeItsFirstByteHasAbandoned() throws Exception {
        try (StreamClient client = new StreamClient(shop.port(), "/late")) {
            await().until(() -> gate.currentSubscriberCount() > 0);
            client.reset();
        }
        assertThat(shop.outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @RestController
    static class Pages {

        @GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        @Touchpoint(name = "sse")
        Flux<String> sse() {
            return firstThenMore();
        }

        @GetMapping(path = "/ndjson", produces = MediaType.APPLICATION_NDJSON_VALUE)
        @Touchpoint(name = "ndjson")
        Flux<Tick> ndjson() {
            return firstThenMore().map(Tick::new);
        }

        @GetMapping(path = "/text", produces = MediaType.TEXT_PLAIN_VALUE)
        @Touchpoint(name = "text")
        Flux<String> text() {
            return firstThenMore();
        }

        /** An array: of no use before its end. */
        @GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
        @Touchpoint(name = "json")
        Flux<Tick> json() {
            return firstThenMore().map(Tick::new);
        }

        @GetMapping(path = "/late", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        @Touchpoint(name = "late")
        Flux<String> late() {
            return gate.asFlux();
        }

        private static Flux<String> firstThenMore() {
            return Flux.just("first").concatWith(gate.asFlux()).timeout(Duration.ofSeconds(20));
        }
    }

    record Tick(String text) {}
}
