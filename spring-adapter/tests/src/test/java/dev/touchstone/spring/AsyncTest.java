package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** However a request goes on after its first dispatch: it is one event, with its whole duration. */
class AsyncTest {

    private static final double WORK_MS = 120;
    private static final Executor LATER = CompletableFuture.delayedExecutor((long) WORK_MS, TimeUnit.MILLISECONDS);

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "/deferred/ok, 200, SUCCESS",
        "/deferred/bad, 409, DEGRADED",
        "/deferred/error, 500, FAILURE",
        "/deferred/thrown-status, 503, FAILURE",
        "/callable/ok, 200, SUCCESS",
        "/callable/error, 500, FAILURE",
        "/future/ok, 200, SUCCESS",
        "/future/error, 500, FAILURE",
        "/future/degrade, 200, DEGRADED",
        "/events, 200, SUCCESS",
        "/raw, 200, SUCCESS",
        "/raw-dispatch, 200, SUCCESS"
    })
    void theFinalOutcomeAndTheFullDurationCount(String path, int status, Outcome outcome) {
        assertThat(shop.get(path).statusCode()).isEqualTo(status);
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(outcome);
        assertThat(event.durationMs().orElse(0)).isGreaterThanOrEqualTo(WORK_MS - 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/timeout/deferred", "/timeout/callable", "/timeout/raw"})
    void timeoutThatIsAnsweredByAnErrorIsAFailure(String path) {
        // 503 or 500: the work that Spring MVC interrupts may fail before the timeout has its answer
        assertThat(shop.get(path).statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void longPollThatTimesOutWithNoContentIsASuccess() {
        assertThat(shop.get("/timeout/no-content").statusCode()).isEqualTo(204);
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aTimeOutForWhichTheApplicationHasAnAnswerIsWhatTheAnswerSays() {
        HttpResponse<String> response = shop.get("/timeout/answered");
        assertThat(response.body()).isEqualTo("later, maybe");
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/endless", "/endless/raw"})
    void clientThatLeavesAStreamHasNotAbandoned(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void theCustomerIsThatOfTheRequest() {
        shop.getAs("ada", "/deferred/ok");
        assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("ada")));
    }

    @Test
    void theCustomerIsKeptWhereTheContainerEndsTheRequest() {
        shop.getAs("ada", "/raw");
        assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("ada")));
    }

    @Test
    void aCustomerWhoIsForgottenBeforeTheEndWasTheCustomer() {
        shop.getAs("ada", "/log-out");
        assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("ada")));
    }

    @RestController
    static class Pages {

        @GetMapping("/deferred/{how}")
        @Touchpoint(name = "deferred")
        DeferredResult<ResponseEntity<String>> deferred(@PathVariable("how") String how) {
            DeferredResult<ResponseEntity<String>> result = new DeferredResult<>(10_000L);
            LATER.execute(() -> {
                switch (how) {
                    case "ok" -> result.setResult(ResponseEntity.ok("ok"));
                    case "bad" -> result.setResult(ResponseEntity.status(409).body("bad"));
                    case "error" -> result.setErrorResult(new IllegalStateException("deferred"));
                    default -> result.setErrorResult(new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE));
                }
            });
            return result;
        }

        @GetMapping("/callable/{how}")
        @Touchpoint(name = "callable")
        Callable<String> callable(@PathVariable("how") String how) {
            return () -> {
                Thread.sleep((long) WORK_MS);
                if (how.equals("error")) {
                    throw new IllegalStateException("callable");
                }
                return "ok";
            };
        }

        @GetMapping("/future/{how}")
        @Touchpoint(name = "future")
        CompletableFuture<String> future(@PathVariable("how") String how, Interaction visit) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (how.equals("error")) {
                            throw new IllegalStateException("future");
                        }
                        if (how.equals("degrade")) {
                            visit.degrade();
                        }
                        return "ok";
                    },
                    LATER);
        }

        @GetMapping("/endless")
        @Touchpoint(name = "endless")
        StreamingResponseBody endless() {
            return Pages::writeForEver;
        }

        @GetMapping("/endless/raw")
        @Touchpoint(name = "endless")
        void endlessAndRaw(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync(request, response);
            LATER.execute(() -> {
                try {
                    writeForEver(async.getResponse().getOutputStream());
                } catch (IOException e) {
                    // it is the container that notices and ends the request
                }
            });
        }

        private static void writeForEver(OutputStream output) throws IOException {
            for (int i = 0; i < 100_000; i++) {
                output.write(new byte[10_000]);
                output.flush();
            }
        }

        @GetMapping("/events")
        @Touchpoint(name = "events")
        SseEmitter events() {
            SseEmitter emitter = new SseEmitter();
            LATER.execute(() -> {
                try {
                    emitter.send("one");
                    emitter.complete();
                } catch (IOException e) {
                    emitter.completeWithError(e);
                }
            });
            return emitter;
        }

        @GetMapping("/raw")
        @Touchpoint(name = "raw")
        void raw(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync(request, response);
            LATER.execute(async::complete);
        }

        @GetMapping("/raw-dispatch")
        @Touchpoint(name = "raw-dispatch")
        void rawDispatch(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync(request, response);
            LATER.execute(() -> async.dispatch("/plain"));
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/timeout/deferred")
        @Touchpoint(name = "timeout")
        DeferredResult<String> timeout() {
            return new DeferredResult<>(WORK);
        }

        @GetMapping("/timeout/callable")
        @Touchpoint(name = "timeout")
        WebAsyncTask<String> timeoutOfCallable() {
            return new WebAsyncTask<>(WORK, () -> {
                Thread.sleep(2_000);
                return "too late";
            });
        }

        @GetMapping("/timeout/raw")
        @Touchpoint(name = "timeout")
        void timeoutOfRaw(HttpServletRequest request, HttpServletResponse response) {
            request.startAsync(request, response).setTimeout(WORK);
        }

        @GetMapping("/timeout/answered")
        @Touchpoint(name = "timeout")
        DeferredResult<String> answered() {
            return new DeferredResult<>(WORK, "later, maybe");
        }

        @GetMapping("/timeout/no-content")
        @Touchpoint(name = "timeout")
        DeferredResult<ResponseEntity<Void>> noContent() {
            return new DeferredResult<>(WORK, ResponseEntity.noContent().build());
        }

        @GetMapping("/log-out")
        @Touchpoint(name = "log-out")
        String logOut() {
            SecurityContextHolder.clearContext();
            return "bye";
        }

        private static final long WORK = (long) WORK_MS;
    }
}
