package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.HotSpotDiagnosticMXBean;
import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CareJson;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.ExportJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.telemetry.EventLog;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Feeds one customer's id in by every way there is and looks for it, in every guise, wherever something comes out. */
class CanaryTest {

    @TempDir
    Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level level = root.getLevel();

    @BeforeEach
    void logEverything() {
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void logAsBefore() {
        root.detachAppender(log);
        root.setLevel(level);
    }

    /** The id, made anew each time so that no constant of this class stands in the heap, as characters. */
    private static char[] canary() {
        char[] scrambled = "dbobsz.8d4g@fybnqmf/psh".toCharArray();
        for (int i = 0; i < scrambled.length; i++) {
            scrambled[i]--;
        }
        return scrambled;
    }

    private static String text() {
        return new String(canary());
    }

    /** Every guise under which it could come out, by name. */
    private static Map<String, byte[]> guises() throws Exception {
        byte[] raw = text().getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> guises = new LinkedHashMap<>();
        guises.put("raw", raw);
        guises.put("UTF-16", text().getBytes(StandardCharsets.UTF_16LE));
        guises.put("UTF-16 the other way", text().getBytes(StandardCharsets.UTF_16BE));
        // without what depends on where it stands
        guises.put(
                "Base64",
                ascii(Base64.getEncoder().withoutPadding().encodeToString(raw).substring(0, 28)));
        guises.put("hex", ascii(HexFormat.of().formatHex(raw)));
        guises.put("HEX", ascii(HexFormat.of().formatHex(raw).toUpperCase(Locale.ROOT)));
        guises.put("percent", ascii(URLEncoder.encode(text(), StandardCharsets.UTF_8)));
        for (String algorithm : List.of("SHA-256", "SHA-1", "MD5")) {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(raw);
            guises.put(algorithm, digest);
            guises.put(algorithm + " in hex", ascii(HexFormat.of().formatHex(digest)));
            guises.put(algorithm + " in Base64", ascii(Base64.getEncoder().encodeToString(digest)));
        }
        return guises;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertAbsent(String where, byte[] bytes) throws Exception {
        String all = latin(bytes);
        guises().forEach((guise, wanted) -> assertThat(all.contains(latin(wanted)))
                .as(guise + " in " + where)
                .isFalse());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void assertAbsent(String where, String text) throws Exception {
        assertAbsent(where, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theScanFindsWhatIsThere() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            boolean found = false;
            try {
                assertAbsent("a text that has it", ("customer=" + text()).getBytes(charset));
            } catch (AssertionError e) {
                found = true;
            }
            assertThat(found).isTrue();
        }
    }

    @Test
    void theCanaryComesOutNowhere() throws Exception {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        InMemoryMetricReader metrics = InMemoryMetricReader.create();
        Path directory = folder.resolve("kept");
        List<String> out = new ArrayList<>();
        try (OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                .build())
                        .setMeterProvider(SdkMeterProvider.builder()
                                .registerMetricReader(metrics)
                                .build())
                        .build();
                Touchstone touchstone = Touchstone.builder()
                        .pseudonymKey(Trials.KEY)
                        .name("canary")
                        .prediction()
                        .care()
                        .signalListener(signal ->
                                out.add(signal + CareJson.withPseudonyms().write(signal)))
                        .signalListener(EventLog.builder().customerKeys().build())
                        .catalog(catalog -> catalog.effects(List.of("who"))
                                .touchpoint("important", t -> t.importance(3).owner("owner")))
                        .listener(TouchstoneTelemetry.spanAttributes())
                        .listener((event, touchpoint, assessment) -> out.add(event + " " + event.customerKey()))
                        .listener((event, touchpoint, assessment) -> {
                            throw new IllegalStateException("about " + text());
                        })
                        .consent(event -> {
                            if (event.touchpoint().equals("refused")) {
                                throw new IllegalStateException("no answer of " + text());
                            }
                            return event.consent();
                        })
                        .store(SnapshotDirectory.at(directory))
                        .build();
                TouchstoneTelemetry registered = TouchstoneTelemetry.metrics(touchstone, telemetry)) {
            Span span = telemetry.getTracer("test").spanBuilder("request").startSpan();
            try (Scope scope = span.makeCurrent()) {
                assertThat(scope).isNotNull();
                feed(touchstone, out);
            } finally {
                span.end();
            }
            touchstone.snapshot();
            out.add(touchstone.customer(CustomerId.of(text())).toString());
            out.add(ScoreboardJson.pretty().write(touchstone.scoreboard()));
            out.add(new ExportJson().write(touchstone.export(CustomerId.of(text()))));
            out.add(touchstone.export(CustomerId.of(text())).toString());
            out.add(touchstone.health().toString());
            List<RecoveryCase> cases = touchstone.care().cases().all();
            assertThat(cases).isNotEmpty();
            out.add(cases + CareJson.withPseudonyms().write(cases, Instant.EPOCH));
            out.add(spans.getFinishedSpanItems().toString());
            out.add(metrics.collectAllMetrics().toString());
            out.add(Thread.getAllStackTraces().keySet().toString());
            assertThat(touchstone.health().live()).isGreaterThan(4);
            assertThat(spans.getFinishedSpanItems()).hasSize(1);
            assertThat(log.list).as("failures were logged").hasSizeGreaterThanOrEqualTo(3);
            assertScanned(out, directory);

            out.add(new ExportJson().write(touchstone.erase(CustomerId.of(text()))));
            touchstone.erase(CustomerId.anonymous(text()));
            touchstone.snapshot();
            assertScanned(out, directory);
            assertThat(registered).isNotNull();
            log.list.clear();
            assertThat(inTheHeap()).as("after erasure and collection").isEmpty();
        }
        assertScanned(out, directory);
    }

    private static void feed(Touchstone touchstone, List<String> out) {
        CustomerId customer = CustomerId.of(text());
        touchstone.record(TouchpointEvent.builder("search").customer(customer).build());
        touchstone.record(TouchpointEvent.builder("search")
                .customer(touchstone.key(customer))
                .id(text())
                .build());
        touchstone.record(TouchpointEvent.feedback("search", customer, Feedback.csat(2)));
        touchstone.record(TouchpointEvent.builder("important")
                .customer(customer)
                .outcome(Outcome.FAILURE)
                .build());
        out.add(touchstone.care().shouldAsk(customer, "csat").toString());
        touchstone.care().asked(customer, "csat");
        touchstone.record(TouchpointEvent.builder("refused").customer(customer).build());
        touchstone.record(TouchpointEvent.builder("search")
                .customer(customer)
                .attribute("who", text())
                .build());
        touchstone.record(TouchpointEvent.builder("search")
                .customer(CustomerId.of(text() + "\u0000"))
                .build());
        touchstone.record(
                TouchpointEvent.builder(" " + text() + "\n").customer(customer).build());
        touchstone.identify(CustomerId.anonymous(text()), customer);
        touchstone.record(TouchpointEvent.builder("search")
                .customer(CustomerId.anonymous(text()))
                .build());
        try (Interaction visit = touchstone.begin("search")) {
            visit.customer(request -> CustomerId.of(text()), "").succeed();
        }
        try (Interaction visit = touchstone.begin("search")) {
            visit.customer(
                    request -> {
                        throw new IllegalArgumentException(text());
                    },
                    "");
        }
        byte[] line = ("{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"search\",\"customer\":\"" + text() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        new EventJson().read(line, 0, line.length).event().ifPresent(touchstone::record);
        byte[] broken = ("{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"search\",\"customer\":{\"" + text()
                        + "\":1}}")
                .getBytes(StandardCharsets.UTF_8);
        out.add(new EventJson().read(broken, 0, broken.length).message());
        out.add(customer.toString());
        try {
            touchstone.export(CustomerId.of(text() + "\u0000"));
        } catch (IllegalArgumentException e) {
            out.add(e.toString());
        }
        touchstone.record(TouchpointEvent.builder("search")
                .customer(customer)
                .attribute("who", text()) // an effect, by mistake
                .build());
    }

    private void assertScanned(List<String> out, Path directory) throws Exception {
        for (ILoggingEvent event : List.copyOf(log.list)) {
            assertAbsent("the log", event + " " + event.getThreadName());
        }
        for (String text : out) {
            assertAbsent("what was read", text);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertAbsent("a file's name", file.toString());
                assertAbsent("the file " + file.getFileName(), content(file));
            }
        }
    }

    @Test
    void theScanOfTheHeapFindsWhatIsHeld() throws Exception {
        String held = text();
        assertThat(inTheHeap()).contains("raw");
        assertThat(held).isNotEmpty();
    }

    /** What is in a file; nothing if a snapshot that is being made has just replaced it, which the last scan will see. */
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private Set<String> inTheHeap() throws Exception {
        Path dump = folder.resolve("heap.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        Set<String> found = Bytes.found(dump, guises()).keySet();
        Files.delete(dump);
        return found;
    }
}
