package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Health;
import dev.touchstone.Touchpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The same requests to the same application, with the starter and without it: the client sees no difference. Bytes are
 * compared as they come out of the socket, but for the date.
 */
class DifferentialTest {

    private static final int REQUESTS = Integer.getInteger("touchstone.differential.requests", 1_000);
    private static final long SEED = 20_260_301;
    static final String WITHOUT = "spring.autoconfigure.exclude="
            + "dev.touchstone.spring.TouchstoneAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneActuatorAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneActuatorHealthAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneContextAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneHealthAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneMethodAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneMicrometerAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneOpenTelemetryAutoConfiguration,"
            + "dev.touchstone.spring.TouchstonePageAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneSecurityAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneWebFluxAutoConfiguration,"
            + "dev.touchstone.spring.TouchstoneWebMvcAutoConfiguration";
    private static final List<String> QUIET = List.of("logging.level.root=off", "server.tomcat.threads.max=8");

    @Test
    void whoeverAsksSeesNoDifferenceAndEachRequestIsOneEvent() throws Exception {
        List<String> without = new ArrayList<>(QUIET);
        without.add(WITHOUT);
        try (Shop plain = Shop.open(without, Pages.class, Streams.class);
                Shop recorded = Shop.open(QUIET, Pages.class, Streams.class);
                Client toPlain = new Client(plain.port());
                Client toRecorded = new Client(recorded.port())) {
            assertThat(plain.hasTouchstone()).isFalse();
            Random random = new Random(SEED);
            int aborts = 0;
            for (int i = 0; i < REQUESTS; i++) {
                Asked asked = Asked.any(random);
                if (asked.abort()) {
                    aborts++;
                    toPlain.abort(asked.text());
                    toRecorded.abort(asked.text());
                } else {
                    assertThat(toRecorded.send(asked.text()))
                            .as("the answer to %s", asked.text())
                            .isEqualTo(toPlain.send(asked.text()));
                }
            }
            Health health = settled(recorded);
            System.out.printf("Differential test: %d requests, %d of them aborted, %s%n", REQUESTS, aborts, health);
            assertThat(aborts).isPositive();
            assertThat(health.offered()).isEqualTo(REQUESTS);
            assertThat(health.accepted()).isEqualTo(REQUESTS);
            assertThat(health.totalDropped()).isZero();
            assertThat(health.accepted())
                    .isEqualTo(health.anonymous() + health.live() + health.evicted() + health.erased());
        }
    }

    /**
     * Why {@link Streams} is needed, measured when asked for: how many of as many streams lose the headers of Spring
     * Security in an application without the starter.
     */
    @Test
    @EnabledIfSystemProperty(
            named = "touchstone.streams",
            matches = "\\d+",
            disabledReason = "touchstone.streams not set")
    void withoutTheStarterStreamsLoseHeadersToo() throws Exception {
        int streams = Integer.getInteger("touchstone.streams");
        List<String> without = new ArrayList<>(QUIET);
        without.add(WITHOUT);
        for (List<String> properties : List.of(without, QUIET)) {
            try (Shop shop = Shop.open(properties, Pages.class);
                    Client client = new Client(shop.port())) {
                int lost = 0;
                for (int i = 0; i < streams; i++) {
                    String answer = client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    lost += answer.contains("X-Frame-Options") ? 0 : 1;
                }
                System.out.printf(
                        "Streams that lost headers %s the starter: %d of %d%n",
                        shop.hasTouchstone() ? "with" : "without", lost, streams);
                assertThat(lost).isPositive();
            }
        }
    }

    /** Waits until what the aborted ones still do has ended, and long enough to see that nothing is counted twice. */
    private static Health settled(Shop shop) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> shop.touchstone().health().offered() >= REQUESTS);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        return shop.touchstone().health();
    }

    /**
     * A request.
     *
     * @param text the request as it goes over the wire
     * @param abort whether the client goes away without waiting for the whole answer
     */
    private record Asked(String text, boolean abort) {

        private static final List<String> PATHS = List.of(
                "/ok/1",
                "/ok/2?q=tea",
                "/undeclared/3",
                "/status/204",
                "/status/302",
                "/status/404",
                "/status/409",
                "/status/429",
                "/status/503",
                "/thrown/404",
                "/thrown/500",
                "/throw",
                "/error-thrown",
                "/handled",
                "/number?n=many",
                "/callable/ok",
                "/callable/bad",
                "/deferred/ok",
                "/deferred/bad",
                "/future/ok",
                "/future/bad",
                "/stream",
                "/headers");

        static Asked any(Random random) {
            int which = random.nextInt(100);
            if (which < 1) {
                return new Asked(get("/big"), true);
            }
            if (which < 10) {
                String body = "{\"number\": " + random.nextInt(100) + "}".repeat(random.nextInt(2));
                return new Asked(
                        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body,
                        false);
            }
            if (which < 13) {
                return new Asked("DELETE /deletable HTTP/1.1\r\nHost: localhost\r\n\r\n", false);
            }
            return new Asked(get(PATHS.get(random.nextInt(PATHS.size()))), false);
        }

        private static String get(String path) {
            return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
        }
    }

    /** A connection that is kept as long as the other side keeps it. */
    private static final class Client implements AutoCloseable {

        private final int port;
        private Socket socket;

        Client(int port) {
            this.port = port;
        }

        private Socket socket() throws IOException {
            if (socket == null || socket.isClosed()) {
                socket = connect();
            }
            return socket;
        }

        private Socket connect() throws IOException {
            Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
            fresh.setSoTimeout(20_000);
            fresh.setTcpNoDelay(true);
            return fresh;
        }

        /** Returns the whole answer but its date, and whether the connection was kept. */
        String send(String request) throws IOException {
            Socket open = socket();
            OutputStream out = open.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = open.getInputStream();
            StringBuilder answer = new StringBuilder();
            int length = -1;
            boolean chunked = false;
            boolean close = false;
            String status = line(in);
            answer.append(status).append('\n');
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
                chunked |= lower.startsWith("transfer-encoding: chunked");
                close |= lower.equals("connection: close");
                if (!lower.startsWith("date:")) {
                    answer.append(header).append('\n');
                }
            }
            if (chunked) {
                for (String size = line(in); !size.equals("0"); size = line(in)) {
                    answer.append(new String(in.readNBytes(Integer.parseInt(size, 16)), StandardCharsets.UTF_8));
                    line(in);
                }
                line(in);
            } else if (length > 0) {
                answer.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
            if (close) {
                open.close();
            }
            // an error page contains its time, in one format or another
            return answer.toString()
                    .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"\"")
                    .replaceAll("<div id='created'>[^<]*<", "<div id='created'><");
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended within " + line);
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        /** Goes away with the answer half read. */
        void abort(String request) throws IOException {
            try (Socket own = connect()) {
                own.setSoLinger(true, 0);
                own.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(own.getInputStream().readNBytes(500)).hasSize(500);
            }
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
        }
    }

    static final class HandledException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    record Numbered(int number) {}

    @RestController
    static class Pages {

        @GetMapping("/ok/{id}")
        @Touchpoint(name = "ok")
        String ok(@PathVariable("id") String id, @RequestParam(name = "q", defaultValue = "") String query) {
            return id + query;
        }

        @DeleteMapping("/deletable")
        @Touchpoint(name = "deletable")
        void deletable() {}

        @GetMapping("/undeclared/{id}")
        String undeclared(@PathVariable("id") String id) {
            return id;
        }

        @PostMapping("/echo")
        @Touchpoint(name = "echo")
        Numbered echo(@RequestBody Numbered numbered) {
            return numbered;
        }

        @GetMapping("/status/{status}")
        @Touchpoint(name = "status")
        ResponseEntity<String> status(@PathVariable("status") int status) {
            return ResponseEntity.status(status).body(status == 204 ? null : "" + status);
        }

        @GetMapping("/thrown/{status}")
        @Touchpoint(name = "thrown")
        String thrown(@PathVariable("status") int status) {
            throw new ResponseStatusException(HttpStatus.valueOf(status));
        }

        @GetMapping("/throw")
        @Touchpoint(name = "throw")
        String throwing() {
            throw new IllegalStateException("thrown");
        }

        @GetMapping("/error-thrown")
        @Touchpoint(name = "error-thrown")
        String error() {
            throw new AssertionError("an error");
        }

        @GetMapping("/handled")
        @Touchpoint(name = "handled")
        String handled() {
            throw new HandledException();
        }

        @ExceptionHandler
        ResponseEntity<String> handle(HandledException e) {
            return ResponseEntity.status(418).body("handled");
        }

        @GetMapping("/number")
        @Touchpoint(name = "number")
        String number(@RequestParam("n") int n) {
            return "" + n;
        }

        @GetMapping("/callable/{how}")
        @Touchpoint(name = "callable")
        Callable<String> callable(@PathVariable("how") String how) {
            return () -> result(how);
        }

        @GetMapping("/deferred/{how}")
        @Touchpoint(name = "deferred")
        DeferredResult<String> deferred(@PathVariable("how") String how) {
            DeferredResult<String> result = new DeferredResult<>(10_000L);
            ForkJoinPool.commonPool().execute(() -> {
                if (how.equals("ok")) {
                    result.setResult("ok");
                } else {
                    result.setErrorResult(new IllegalStateException("deferred"));
                }
            });
            return result;
        }

        @GetMapping("/future/{how}")
        @Touchpoint(name = "future")
        CompletableFuture<String> future(@PathVariable("how") String how) {
            return CompletableFuture.supplyAsync(() -> result(how));
        }

        private static String result(String how) {
            if (how.equals("bad")) {
                throw new IllegalStateException("later");
            }
            return how;
        }

        @GetMapping("/stream")
        @Touchpoint(name = "stream")
        StreamingResponseBody stream() {
            return output -> {
                for (int i = 0; i < 3; i++) {
                    output.write(("part " + i).getBytes(StandardCharsets.UTF_8));
                    output.flush();
                }
            };
        }

        @GetMapping("/headers")
        @Touchpoint(name = "headers")
        ResponseEntity<String> headers() {
            return ResponseEntity.ok()
                    .header("X-One", "1")
                    .header("Set-Cookie", "a=b")
                    .body("headers");
        }

        @GetMapping("/big")
        @Touchpoint(name = "big")
        byte[] big() {
            return new byte[16 * 1024 * 1024];
        }
    }

    /**
     * Spring Security writes its headers when the response is committed or when the first dispatch ends, whichever comes
     * first; where a stream is written meanwhile on another thread, they are lost now and then, with or without us: 36 of
     * 3,000 without the starter and 49 of 3,000 with it, on Spring Boot 4.1 and two busy cores.
     */
    @Configuration(proxyBeanMethods = false)
    static class Streams {

        @Bean
        @Order(0)
        SecurityFilterChain streams(HttpSecurity http) throws Exception {
            return http.securityMatcher("/stream")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .headers(headers -> headers.disable())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }
}
