package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Health;
import dev.touchstone.HealthListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Verdict;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes log events: of assessments that somebody should see, and of each change of health. They go to OpenTelemetry,
 * where they belong to the current span, if it has somewhere to put logs; else to the SLF4J logger
 * {@code touchstone.events}, with structured key-values. Add it to an instance as a listener and as a health listener.
 * Thread-safe.
 */
public final class EventLog implements AssessmentListener, HealthListener {

    private static final String ASSESSMENT = "touchstone.assessment";
    private static final String HEALTH = "touchstone.health";
    private static final AttributeKey<String> HEALTH_STATE = AttributeKey.stringKey("touchstone.health.state");
    private static final AttributeKey<Long> OFFERED = AttributeKey.longKey("touchstone.health.offered");
    private static final AttributeKey<Long> ACCEPTED = AttributeKey.longKey("touchstone.health.accepted");
    private static final double USUAL_IMPORTANCE = 1;

    private static final org.slf4j.Logger SLF4J = LoggerFactory.getLogger("touchstone.events");

    private final LoggedEvents which;
    private final double share;
    private final boolean naming;
    private final Supplier<OpenTelemetry> openTelemetry;
    private volatile @Nullable Writer writer;

    private EventLog(Builder builder) {
        this.which = builder.which;
        this.share = builder.share;
        this.naming = builder.naming;
        this.openTelemetry = builder.openTelemetry;
    }

    /** Begins one that tells what was missed, of every customer and without naming any. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        if (isWanted(touchpoint, assessment) && isInSample(event)) {
            writer().write(ASSESSMENT, false, sink -> Facts.tell(event, touchpoint, assessment, naming, sink));
        }
    }

    private boolean isWanted(TouchpointDefinition touchpoint, Assessment assessment) {
        return switch (which) {
            case NONE -> false;
            case MISSED -> isMissed(assessment);
            case ALL -> isMissed(assessment) || touchpoint.importance().orElse(USUAL_IMPORTANCE) > USUAL_IMPORTANCE;
        };
    }

    private static boolean isMissed(Assessment assessment) {
        return assessment.verdict().filter(verdict -> verdict == Verdict.MISSED).isPresent();
    }

    private boolean isInSample(TouchpointEvent event) {
        return event.customerKey().map(customer -> customer.isWithin(share)).orElse(true);
    }

    @Override
    public void changed(Health health) {
        String state = health.degraded() ? "degraded" : health.paused() ? "paused" : "good";
        writer().write(HEALTH, health.degraded(), sink -> {
            sink.put(HEALTH_STATE, state);
            sink.put(OFFERED, health.offered());
            sink.put(ACCEPTED, health.accepted());
        });
    }

    private Writer writer() {
        Writer known = writer;
        if (known == null) {
            Logger logger = openTelemetry.get().getLogsBridge().get(TouchstoneTelemetry.SCOPE);
            boolean nowhere = logger.getClass()
                    == LoggerProvider.noop().get(TouchstoneTelemetry.SCOPE).getClass();
            known = nowhere ? EventLog::writeToSlf4j : new OpenTelemetryWriter(logger);
            writer = known;
        }
        return known;
    }

    private static void writeToSlf4j(String name, boolean warning, Consumer<Facts.Sink> facts) {
        LoggingEventBuilder event = SLF4J.atLevel(warning ? Level.WARN : Level.INFO);
        facts.accept(new Facts.Sink() {
            @Override
            public <T> void put(AttributeKey<T> key, T value) {
                var unused = event.addKeyValue(key.getKey(), value);
            }
        });
        event.log(name);
    }

    /** Writes a log event. */
    private interface Writer {

        void write(String name, boolean warning, Consumer<Facts.Sink> facts);
    }

    /** Writes log events of OpenTelemetry, in the current context. */
    private record OpenTelemetryWriter(Logger logger) implements Writer {

        @Override
        public void write(String name, boolean warning, Consumer<Facts.Sink> facts) {
            LogRecordBuilder event = logger.logRecordBuilder();
            EventName.set(event, name);
            event.setSeverity(warning ? Severity.WARN : Severity.INFO);
            facts.accept(new Facts.Sink() {
                @Override
                public <T> void put(AttributeKey<T> key, T value) {
                    event.setAttribute(key, value);
                }
            });
            event.emit();
        }
    }

    /** Settles what is told. Not thread-safe. */
    public static final class Builder {

        private LoggedEvents which = LoggedEvents.MISSED;
        private double share = 1;
        private boolean naming;
        private Supplier<OpenTelemetry> openTelemetry = OpenTelemetry::noop;

        private Builder() {}

        /** Sets which assessments are told; {@link LoggedEvents#MISSED} if not set. */
        public Builder events(LoggedEvents which) {
            this.which = which;
            return this;
        }

        /**
         * Sets of which share of the customers something is told, always the same ones; all if not set. What is of nobody
         * in particular is always told.
         *
         * @throws IllegalArgumentException if the share is not above 0 and at most 1
         */
        public Builder samplingRate(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("the share of customers is above 0 and at most 1, not " + share);
            }
            this.share = share;
            return this;
        }

        /** Tells the pseudonym of the customer too, as {@code user.hash}. */
        public Builder customerKeys() {
            this.naming = true;
            return this;
        }

        /**
         * Sets where log events go if it has somewhere to put them, which is asked at the first one; if not set they go to
         * SLF4J.
         */
        public Builder openTelemetry(Supplier<OpenTelemetry> openTelemetry) {
            this.openTelemetry = openTelemetry;
            return this;
        }

        /** Returns it. */
        public EventLog build() {
            return new EventLog(this);
        }
    }

    /** Which assessments are told as log events. */
    public enum LoggedEvents {
        /** None. */
        NONE,
        /** Those that are {@link dev.touchstone.scoring.Verdict#MISSED}. */
        MISSED,
        /** Those that are missed, and all at moments of truth: touchpoints whose declared importance is above 1. */
        ALL
    }
}
