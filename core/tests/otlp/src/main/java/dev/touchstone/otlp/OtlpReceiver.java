package dev.touchstone.otlp;

import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * Receives OTLP over HTTP on a free port of the loopback interface and keeps what comes, until it is closed.
 * Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {

    private static final int OK = 200;
    private static final long LONGEST_HOLD_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "otlp-receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Received<Span>> spans = new ConcurrentLinkedQueue<>();
    private final Queue<Received<Metric>> metrics = new ConcurrentLinkedQueue<>();
    private final Queue<Received<LogRecord>> logs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Semaphore held = new Semaphore(0);
    private volatile Manner manner = Manner.ANSWERING;

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens one.
     *
     * @throws IOException if no port can be had
     */
    public static OtlpReceiver open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpReceiver receiver = new OtlpReceiver(server);
        server.setExecutor(receiver.threads);
        server.createContext("/v1/traces", exchange -> receiver.answer(exchange, receiver::traces));
        server.createContext("/v1/metrics", exchange -> receiver.answer(exchange, receiver::metrics));
        server.createContext("/v1/logs", exchange -> receiver.answer(exchange, receiver::logs));
        server.start();
        return receiver;
    }

    /** Returns the address for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes how it treats requests from now on. Those that are held are let go if it no longer holds. */
    public void be(Manner wanted) {
        manner = wanted;
        if (wanted == Manner.HOLDING) {
            held.drainPermits();
        } else {
            held.release(requests.get());
        }
    }

    /** Returns how many requests have come, whatever became of them. */
    public int requests() {
        return requests.get();
    }

    /** Returns the spans that were taken. */
    public List<Received<Span>> spans() {
        return List.copyOf(spans);
    }

    /** Returns the metrics that were taken, each as often as it came. */
    public List<Received<Metric>> metrics() {
        return List.copyOf(metrics);
    }

    /** Returns the log records that were taken. */
    public List<Received<LogRecord>> logs() {
        return List.copyOf(logs);
    }

    private void answer(HttpExchange exchange, Signal signal) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] sent = body(exchange);
            if (manner == Manner.HOLDING) {
                hold();
            }
            byte[] answer = signal.take(sent).toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(OK, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void hold() {
        try {
            boolean released = held.tryAcquire(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
            if (!released) {
                throw new IllegalStateException("held for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream raw = exchange.getRequestBody();
                InputStream plain = zipped ? new GZIPInputStream(raw) : raw) {
            return plain.readAllBytes();
        }
    }

    private MessageLite traces(byte[] sent) throws IOException {
        ExportTraceServiceRequest.parseFrom(sent)
                .getResourceSpansList()
                .forEach(ofResource -> ofResource
                        .getScopeSpansList()
                        .forEach(ofScope -> ofScope.getSpansList()
                                .forEach(span -> spans.add(
                                        new Received<>(ofResource.getResource(), ofScope.getScope(), span)))));
        return ExportTraceServiceResponse.getDefaultInstance();
    }

    private MessageLite metrics(byte[] sent) throws IOException {
        ExportMetricsServiceRequest.parseFrom(sent)
                .getResourceMetricsList()
                .forEach(ofResource -> ofResource
                        .getScopeMetricsList()
                        .forEach(ofScope -> ofScope.getMetricsList()
                                .forEach(metric -> metrics.add(
                                        new Received<>(ofResource.getResource(), ofScope.getScope(), metric)))));
        return ExportMetricsServiceResponse.getDefaultInstance();
    }

    private MessageLite logs(byte[] sent) throws IOException {
        ExportLogsServiceRequest.parseFrom(sent)
                .getResourceLogsList()
                .forEach(ofResource -> ofResource
                        .getScopeLogsList()
                        .forEach(ofScope -> ofScope.getLogRecordsList()
                                .forEach(log ->
                                        logs.add(new Received<>(ofResource.getResource(), ofScope.getScope(), log)))));
        return ExportLogsServiceResponse.getDefaultInstance();
    }

    /** Releases all waiting requests and stops. */
    @Override
    public void close() {
        be(Manner.ANSWERING);
        server.stop(0);
        threads.shutdownNow();
    }

    /** How requests are treated. */
    public enum Manner {
        /** They are taken. */
        ANSWERING,
        /** They get no answer until another manner is wanted, for a minute at most; then they are taken. */
        HOLDING
    }

    @FunctionalInterface
    private interface Signal {

        MessageLite take(byte[] sent) throws IOException;
    }
}
