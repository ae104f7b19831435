package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Of a stream in Spring MVC, the first byte is the answer; that the customer leaves it later costs nothing. */
class StreamsTest {

    private static final Semaphore GATE = new Semaphore(0);
    private static final Semaphore ARRIVED = new Semaphore(0);
    private static final Semaphore PASSED = new Semaphore(0);
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class);
    }

    @AfterAll
    static void close() {
        shop.close();
        WORKERS.shutdown();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @ParameterizedTest
    @CsvSource({"/sse, true", "/emitter, true", "/body, true", "/unflushed, true", "/download, false"})
    void durationOfAStreamIsTheTimeToItsFirstByte(String path, boolean stream) throws Exception {
        double openedMs; // the gate, long after the first byte
        try (StreamClient client = new StreamClient(shop.port(), path)) {
            client.firstByte();
            assertThat(ARRIVED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            long seen = System.nanoTime();
            await().until(() -> System.nanoTime() - seen > TimeUnit.MILLISECONDS.toNanos(300));
            openedMs = client.elapsedMs();
            openGate();
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

    /** Compressed by the container, which takes back the length. */
    @Test
    void bodyOfKnownLengthIsOneBodyAlsoIfItIsCompressed() throws Exception {
        try (Shop compressing = Shop.open(List.of("server.compression.enabled=true"), Pages.class);
                StreamClient client = new StreamClient(compressing.port(), "/download", "Accept-Encoding: gzip")) {
            assertThat(ARRIVED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            long seen = System.nanoTime();
            await().until(() -> System.nanoTime() - seen > TimeUnit.MILLISECONDS.toNanos(150));
            openGate();
            assertThat(client.readAll()).contains("gzip");
            assertThat(compressing.event().durationMs().orElseThrow()).isGreaterThanOrEqualTo(150);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/emitter", "/body", "/unflushed"})
    void clientThatLeavesAStreamHasNotAbandoned(String path) throws Exception {
        leave(path, true);
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void clientThatLeavesOneBodyHasAbandoned() throws Exception {
        leave("/download", true);
        assertThat(shop.outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/late/sse", "/late/body"})
    void clientThatLeavesAStreamBeforeItsFirstByteHasAbandoned(String path) throws Exception {
        leave(path, false);
        assertThat(shop.outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void emitterThatTimesOutBeforeItsFirstEventIsAFailure() {
        assertThat(shop.get("/silent").statusCode()).isEqualTo(503);
        assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void exceptionAfterTheFirstBytesIsOneFailure() throws Exception {
        try (StreamClient client = new StreamClient(shop.port(), "/broken")) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 200");
        }
        assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void resultThatIsSetTwiceIsOneEvent() {
        assertThat(shop.get("/twice").body()).isEqualTo("first");
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void controllerThatSettledItsInteractionDecides() throws Exception {
        leave("/settled", false);
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private static void leave(String path, boolean afterFirstByte) throws Exception {
        try (StreamClient client = new StreamClient(shop.port(), path)) {
            if (afterFirstByte) {
                client.firstByte();
            }
            assertThat(ARRIVED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            client.reset();
        }
        openGate();
    }

    private static void openGate() throws InterruptedException {
        GATE.release();
        assertThat(PASSED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitGate() {
        ARRIVED.release();
        try {
            GATE.acquire();
            PASSED.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @RestController
    static class Pages {

        private static final int PARTS = 2_000;
        private static final byte[] PART = new byte[10_000];
        private static final String TEXT = "x".repeat(10_000);

        @GetMapping("/sse")
        @Touchpoint(name = "sse")
        SseEmitter sse() {
            return emit(new SseEmitter(20_000L), true);
        }

        @GetMapping("/late/sse")
        @Touchpoint(name = "sse")
        SseEmitter lateSse() {
            return emit(new SseEmitter(20_000L), false);
        }

        @GetMapping("/settled")
        @Touchpoint(name = "sse")
        SseEmitter settled(Interaction visit) {
            visit.succeed();
            return emit(new SseEmitter(20_000L), false);
        }

        @GetMapping("/silent")
        @Touchpoint(name = "sse")
        SseEmitter silent() {
            return new SseEmitter(100L);
        }

        @GetMapping("/broken")
        @Touchpoint(name = "broken")
        void broken(HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getOutputStream().write(PART);
            response.flushBuffer();
            throw new IllegalStateException("in the midst of it");
        }

        @GetMapping("/twice")
        @Touchpoint(name = "twice")
        DeferredResult<String> twice() {
            DeferredResult<String> result = new DeferredResult<>(20_000L);
            WORKERS.execute(() -> {
                result.setResult("first");
                result.setErrorResult(new IllegalStateException("second"));
            });
            return result;
        }

        @GetMapping("/emitter")
        @Touchpoint(name = "emitter")
        ResponseBodyEmitter emitter() {
            return emit(new ResponseBodyEmitter(20_000L), true);
        }

        private static <T extends ResponseBodyEmitter> T emit(T emitter, boolean first) {
            WORKERS.execute(() -> {
                try {
                    if (first) {
                        emitter.send("first", MediaType.TEXT_PLAIN);
                    }
                    awaitGate();
                    for (int i = 0; i < PARTS; i++) {
                        emitter.send(TEXT, MediaType.TEXT_PLAIN);
                    }
                    emitter.complete();
                } catch (IOException | IllegalStateException e) {
                    emitter.completeWithError(e);
                }
            });
            return emitter;
        }

        @GetMapping("/body")
        @Touchpoint(name = "body")
        StreamingResponseBody body() {
            return output -> {
                output.write(PART); // more than a buffer, since Spring 7 ignores the flush
                output.flush();
                awaitGate();
                for (int i = 0; i < PARTS; i++) {
                    output.write(PART);
                }
            };
        }

        @GetMapping("/late/body")
        @Touchpoint(name = "body")
        StreamingResponseBody lateBody() {
            return output -> {
                awaitGate();
                for (int i = 0; i < PARTS; i++) {
                    output.write(PART);
                }
            };
        }

        @GetMapping("/unflushed")
        @Touchpoint(name = "body")
        StreamingResponseBody unflushed() {
            return output -> {
                output.write(PART);
                output.write(PART);
                awaitGate();
                for (int i = 0; i < PARTS; i++) {
                    output.write(PART);
                }
            };
        }

        @GetMapping("/download")
        @Touchpoint(name = "download")
        ResponseEntity<StreamingResponseBody> download() {
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_PLAIN)
                    .contentLength((long) PART.length * (PARTS + 2))
                    .body(unflushed());
        }
    }
}
