package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.telemetry.internal.Metric;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.trace.Span;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What an instance tells OpenTelemetry: attributes of {@linkplain #spanAttributes() spans} that others began, and
 * {@linkplain #metrics metrics} until this is closed. Log events are an {@link EventLog}. A customer is never named unless
 * asked for, and then by the pseudonym. Thread-safe.
 */
public final class TouchstoneTelemetry implements AutoCloseable {

    /** The name of the instrumentation scope. */
    static final String SCOPE = "dev.touchstone";

    private final BatchCallback callback;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TouchstoneTelemetry(BatchCallback callback) {
        this.callback = callback;
    }

    /**
     * Returns a listener that writes each assessment on the {@linkplain Span#current() current span}, if there is one
     * and it is recording: {@code touchstone.touchpoint}, {@code .channel}, {@code .stage}, {@code .journey},
     * {@code .outcome}, {@code .quality}, {@code .effort_units} and {@code .verdict}, as far as there is one. Of several
     * events during one span the last one is told. It begins no span and leaves the status alone.
     */
    public static AssessmentListener spanAttributes() {
        return new SpanAttributes(false);
    }

    /** As {@link #spanAttributes()}, and with the pseudonym of the customer, as {@code user.hash}. */
    public static AssessmentListener spanAttributesWithCustomer() {
        return new SpanAttributes(true);
    }

    /**
     * Sets the touchpoint and the channel of an event as attributes of the current span before the event is recorded. For
     * work whose span may end sooner, such as an asynchronous request under a tracing agent.
     */
    public static void describeSpan(String touchpoint, Optional<Channel> channel) {
        Span span = Span.current();
        if (span.isRecording()) {
            span.setAttribute(Facts.TOUCHPOINT, touchpoint);
            channel.filter(Channel::isKnown).ifPresent(known -> span.setAttribute(Facts.CHANNEL, known.name()));
        }
    }

    /**
     * Returns a listener that writes the duration of each event that has one into the histogram
     * {@code touchstone.duration}, in seconds, by touchpoint and channel. Unlike {@linkplain #metrics the other metrics}
     * it costs something on every event, and most applications have one of their requests already.
     *
     * @param catalog returns the catalog in force, whose targets and four times those are among the boundaries; asked at
     *     the first event
     * @param openTelemetry returns where the histogram goes; asked at the first event
     */
    public static AssessmentListener durations(Supplier<Catalog> catalog, Supplier<OpenTelemetry> openTelemetry) {
        return new Durations(catalog, openTelemetry);
    }

    /**
     * Reports every {@link Metric} of an instance until this is closed. At each collection one scoreboard is read;
     * recording costs nothing more for it.
     */
    public static TouchstoneTelemetry metrics(Touchstone touchstone, OpenTelemetry openTelemetry) {
        return new TouchstoneTelemetry(new ScoreMetrics(touchstone, openTelemetry.getMeter(SCOPE)).register());
    }

    /** Takes the metrics back. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            callback.close();
        }
    }
}
