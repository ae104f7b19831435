package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** An application under OpenTelemetry's Java agent, in a virtual machine of its own. */
class AgentTest {

    /** Spring Boot 4 traces if the classes for it are present; in 3.5 a property disables it. */
    private static final String WITHOUT_OWN_TRACING =
            "spring.autoconfigure.exclude=org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure"
                    + ".OpenTelemetryTracingAutoConfiguration";

    private static final Path AGENT = Path.of("target", "agent", "opentelemetry-javaagent.jar");

    @Test
    void eachRequestHasOneServerSpanAndThatCarriesOurAttributes(@TempDir Path directory)
            throws IOException, InterruptedException {
        String printed = run(
                directory,
                Child.class,
                "-Dotel.traces.exporter=logging",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.bsp.schedule.delay=100");
        List<String> servers =
                printed.lines().filter(line -> line.contains(" SERVER ")).toList();
        assertThat(servers).as(printed).hasSize(6);
        assertThat(servers)
                .filteredOn(line -> line.contains("touchstone.touchpoint=page"))
                .hasSize(1);
        assertThat(servers)
                .filteredOn(line -> line.contains("touchstone.touchpoint=later"))
                .hasSize(1);
        assertThat(servers)
                .filteredOn(line -> line.contains("touchstone.touchpoint=GET /undeclared/{id}"))
                .hasSize(1);
        // the agent ends these spans before the event is recorded
        for (String early : List.of("timeout", "stream", "events")) {
            assertThat(servers)
                    .filteredOn(line -> line.contains("touchstone.touchpoint=" + early))
                    .as(early)
                    .hasSize(1);
        }
        assertThat(servers)
                .filteredOn(line -> line.contains("touchstone.outcome=SUCCESS"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(servers).allSatisfy(line -> assertThat(line).doesNotContainPattern("\\bada\\b"));
    }

    @Test
    void whatTheAgentDoesNotExportGoesToMicrometerAndToTheLog(@TempDir Path directory)
            throws IOException, InterruptedException {
        String printed = run(
                directory,
                Scraped.class,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none");
        assertThat(printed)
                .contains("metrics: Micrometer (PrometheusMeterRegistry")
                .contains("log events: logger touchstone.events at DEBUG")
                .contains(
                        "scraped touchstone_events_total{touchstone_channel=\"unknown\",touchstone_touchpoint=\"page\"}")
                .contains("broken FAILURE, missed, quality 0.00");
    }

    @Test
    void whatTheAgentExportsGoesThereAndNowhereElse(@TempDir Path directory) throws IOException, InterruptedException {
        String printed = run(
                directory,
                Scraped.class,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=logging",
                "-Dotel.metric.export.interval=200",
                "-Dotel.logs.exporter=logging",
                "-Dotel.blrp.schedule.delay=100");
        assertThat(printed)
                .contains("metrics: OpenTelemetry's Java agent; log events: OpenTelemetry's Java agent")
                .contains("name=touchstone.events,")
                .doesNotContain("scraped touchstone")
                .doesNotContain("broken FAILURE, missed");
    }

    /** Returns what the application printed. */
    private static String run(Path directory, Class<?> application, String... options)
            throws IOException, InterruptedException {
        assertThat(AGENT).exists();
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-javaagent:" + AGENT.toAbsolutePath()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), application.getName()));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(child.exitValue()).as(printed).isZero();
        return printed;
    }

    /** The application with Prometheus, which visits itself, scrapes itself and ends. */
    static final class Scraped {

        private static final String OWN_SDK = "spring.autoconfigure.exclude="
                + "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration,"
                + "org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration,"
                + "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure"
                + ".OpenTelemetryTracingAutoConfiguration";

        private Scraped() {}

        public static void main(String[] arguments) throws Exception {
            try (Shop shop = Shop.open(
                    List.of(
                            OWN_SDK,
                            "management.endpoints.web.exposure.include=prometheus",
                            "logging.level.dev.touchstone.Touchstone=info",
                            "logging.level.touchstone.events=debug"),
                    Pages.class)) {
                shop.get("/page");
                shop.get("/broken");
                shop.get("/actuator/prometheus")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("touchstone_"))
                        .forEach(line -> System.out.println("scraped " + line));
                Thread.sleep(500); // some intervals of the exporters
            }
            System.exit(0);
        }
    }

    /** The application, which visits itself and ends. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            try (Shop shop = Shop.open(List.of(WITHOUT_OWN_TRACING), Pages.class)) {
                for (String path : List.of("/page", "/later", "/undeclared/17")) {
                    // not by a client that the agent makes pass on a context
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
                        socket.getOutputStream()
                                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                                + "Authorization: Basic YWRhOnNlY3JldA==\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        InputStream answer = socket.getInputStream();
                        String status = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
                        if (!status.startsWith("HTTP/1.1 200")) {
                            throw new IllegalStateException(status);
                        }
                    }
                }
                for (String path : List.of("/stream", "/events")) {
                    try (StreamClient client = new StreamClient(shop.port(), path)) {
                        client.firstByte();
                        client.reset();
                    }
                }
                try (StreamClient client = new StreamClient(shop.port(), "/timeout")) {
                    client.readAll();
                }
                shop.events();
            }
            Thread.sleep(500);
            System.exit(0);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }

        @GetMapping("/broken")
        @Touchpoint(name = "broken")
        String broken() {
            throw new IllegalStateException();
        }

        @GetMapping("/later")
        @Touchpoint(name = "later")
        Callable<String> later() {
            return () -> "later";
        }

        @GetMapping("/timeout")
        @Touchpoint(name = "timeout")
        DeferredResult<String> timeout() {
            return new DeferredResult<>(100L);
        }

        @GetMapping("/stream")
        @Touchpoint(name = "stream")
        StreamingResponseBody stream() {
            return output -> {
                for (int i = 0; i < 2_000; i++) {
                    output.write(new byte[10_000]);
                    output.flush();
                }
            };
        }

        @GetMapping("/events")
        @Touchpoint(name = "events")
        SseEmitter events() {
            SseEmitter emitter = new SseEmitter();
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    for (int i = 0; i < 2_000; i++) {
                        emitter.send("x".repeat(10_000));
                    }
                    emitter.complete();
                } catch (IOException | IllegalStateException e) {
                    emitter.completeWithError(e);
                }
            });
            return emitter;
        }

        @GetMapping("/undeclared/{id}")
        String undeclared() {
            return "undeclared";
        }
    }
}
