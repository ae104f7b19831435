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
 * The OpenTelemetry output of an instance: attributes of existing {@linkplain #spanAttributes() spans}, and
 * {@linkplain #metrics metrics} until this is closed. For log events, see {@link EventLog}. Customers are not
 * identified by default, and otherwise only by their pseudonyms. Thread-safe.
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
     * Returns a listener that writes each assessment to the {@linkplain Span#current() current span}, if it is
     * recording: {@code touchstone.touchpoint}, {@code .channel}, {@code .stage}, {@code .journey}, {@code .outcome},
     * {@code .quality}, {@code .effort_units} and {@code .verdict}, if present. If several events occur during one
     * span, the last one is written. Does not create spans or change their status.
     */
    public static AssessmentListener spanAttributes() {
        return new SpanAttributes(false);
    }

    /**
     * Returns a listener like {@link #spanAttributes()} that includes the pseudonym of the customer, as
     * {@code user.hash}.
     */
    public static AssessmentListener spanAttributesWithCustomer() {
        return new SpanAttributes(true);
    }

    /**
     * Sets the touchpoint and the channel of an event as attributes of the current span before the event is recorded.
     * For spans that may end sooner, such as those of asynchronous requests under a tracing agent.
     */
    public static void describeSpan(String touchpoint, Optional<Channel> channel) {
        Span span = Span.current();
        if (span.isRecording()) {
            span.setAttribute(Facts.TOUCHPOINT, touchpoint);
            channel.filter(Channel::isKnown).ifPresent(known -> span.setAttribute(Facts.CHANNEL, known.name()));
        }
    }

    /**
     * Returns a listener that records the duration of each event, if it has one, in the histogram
     * {@code touchstone.duration}, in seconds, by touchpoint and channel. Unlike
     * {@linkplain #metrics the other metrics} it has a cost for every event, and most applications already have such a
     * histogram of their requests.
     *
     * @param catalog returns the current catalog, whose targets and four times those become boundaries; called at the
     *     first event
     * @param openTelemetry returns the OpenTelemetry that receives the histogram; called at the first event
     */
    public static AssessmentListener durations(Supplier<Catalog> catalog, Supplier<OpenTelemetry> openTelemetry) {
        return new Durations(catalog, openTelemetry);
    }

    /**
     * Reports every {@link Metric} of an instance until this is closed. Each collection reads one scoreboard; recording
     * has no extra cost.
     */
    public static TouchstoneTelemetry metrics(Touchstone touchstone, OpenTelemetry openTelemetry) {
        return new TouchstoneTelemetry(new ScoreMetrics(touchstone, openTelemetry.getMeter(SCOPE)).register());
    }

    /** Unregisters the metrics. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            callback.close();
        }
    }
}
