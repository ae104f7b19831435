package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Health;
import dev.touchstone.HealthListener;
import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.telemetry.internal.Exports;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes log events for assessments, for signals and for each change of health. Add it to an instance as a listener, as
 * a signal listener and as a health listener. Thread-safe.
 *
 * <p>With an {@linkplain Builder#openTelemetry OpenTelemetry} that exports logs, they are log events of the current
 * span. Otherwise they go to the SLF4J logger {@code touchstone.events}, with structured key-values and a message such
 * as {@code checkout.pay DEGRADED, missed, quality 0.47}. SLF4J output is limited to ten assessments and ten signals
 * about customers in ten seconds. Assessments are at DEBUG if an OpenTelemetry was set that exports no logs, and at
 * INFO if none was set.
 */
public final class EventLog implements AssessmentListener, SignalListener, HealthListener {

    private static final String ASSESSMENT = "touchstone.assessment";
    private static final String SIGNAL = "touchstone.signal";
    private static final String HEALTH = "touchstone.health";
    private static final AttributeKey<String> SIGNAL_ID = AttributeKey.stringKey("touchstone.signal.id");
    private static final AttributeKey<String> SIGNAL_KIND = AttributeKey.stringKey("touchstone.signal.kind");
    private static final AttributeKey<String> SIGNAL_STATE = AttributeKey.stringKey("touchstone.signal.state");
    private static final AttributeKey<String> SIGNAL_REASON = AttributeKey.stringKey("touchstone.signal.reason");
    private static final AttributeKey<String> OWNER = AttributeKey.stringKey("touchstone.owner");
    private static final AttributeKey<String> CASE = AttributeKey.stringKey("touchstone.case");
    private static final AttributeKey<Double> EXPERIENCE = AttributeKey.doubleKey("touchstone.experience.score");
    private static final AttributeKey<Double> EFFORT = AttributeKey.doubleKey("touchstone.effort.score");
    private static final AttributeKey<String> HEALTH_STATE = AttributeKey.stringKey("touchstone.health.state");
    private static final AttributeKey<Long> OFFERED = AttributeKey.longKey("touchstone.health.offered");
    private static final AttributeKey<Long> ACCEPTED = AttributeKey.longKey("touchstone.health.accepted");
    private static final double USUAL_IMPORTANCE = 1;
    private static final String EVENT_NAME = "event.name";

    private static final org.slf4j.Logger SLF4J = LoggerFactory.getLogger("touchstone.events");

    private final LoggedEvents which;
    private final double share;
    private final boolean naming;
    private final @Nullable Supplier<OpenTelemetry> openTelemetry;
    private volatile @Nullable Writer writer;

    private EventLog(Builder builder) {
        this.which = builder.which;
        this.share = builder.share;
        this.naming = builder.naming;
        this.openTelemetry = builder.openTelemetry;
    }

    /** Returns a builder. By default, missed events of all customers are logged, without pseudonyms. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        if (isWanted(touchpoint, assessment) && isInSample(event)) {
            writer().assessed(new Assessed(event, touchpoint, assessment, naming));
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
    public void signaled(Signal signal) {
        if (signal.customer().map(customer -> customer.isWithin(share)).orElse(true)) {
            writer().signaled(new Signaled(signal, naming));
        }
    }

    @Override
    public void changed(Health health) {
        String state = health.degraded() ? "degraded" : health.paused() ? "paused" : "good";
        writer().changed(state, health);
    }

    private Writer writer() {
        Writer known = writer;
        if (known == null) {
            known = newWriter();
            writer = known;
        }
        return known;
    }

    private Writer newWriter() {
        if (openTelemetry == null) {
            return new Slf4jWriter(Level.INFO, new Throttle(), new Throttle());
        }
        OpenTelemetry chosen = openTelemetry.get();
        return Exports.logs(chosen)
                ? new OpenTelemetryWriter(chosen.getLogsBridge().get(TouchstoneTelemetry.SCOPE))
                : new Slf4jWriter(Level.DEBUG, new Throttle(), new Throttle());
    }

    /** Writes log events. */
    private interface Writer {

        void assessed(Assessed assessed);

        void signaled(Signaled signaled);

        void changed(String state, Health health);
    }

    /** An assessment to write. */
    private record Assessed(
            TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment, boolean naming) {

        void putInto(Facts.Sink sink) {
            Facts.tell(event, touchpoint, assessment, naming, sink);
        }

        long timeMs() {
            return event.time().map(Instant::toEpochMilli).orElse(0L);
        }

        String text() {
            StringBuilder text = new StringBuilder(touchpoint.name());
            if (assessment.kind() == Assessment.Kind.FEEDBACK) {
                text.append(" feedback");
            } else {
                text.append(' ').append(event.outcome().map(Enum::name).orElse("SUCCESS"));
            }
            assessment
                    .verdict()
                    .ifPresent(
                            verdict -> text.append(", ").append(verdict.name().toLowerCase(Locale.ROOT)));
            return text.append(", quality ")
                    .append(HalfUp.format(assessment.quality()))
                    .toString();
        }
    }

    /** A signal to write. */
    private record Signaled(Signal signal, boolean naming) {

        void putInto(Facts.Sink sink) {
            sink.put(SIGNAL_ID, signal.id());
            sink.put(SIGNAL_KIND, signal.kind().name());
            sink.put(SIGNAL_STATE, signal.state().name());
            sink.put(SIGNAL_REASON, signal.reason());
            signal.touchpoint().ifPresent(touchpoint -> sink.put(Facts.TOUCHPOINT, touchpoint));
            signal.journey().ifPresent(journey -> sink.put(Facts.JOURNEY, journey));
            signal.owner().ifPresent(owner -> sink.put(OWNER, owner));
            signal.recoveryCase().ifPresent(id -> sink.put(CASE, id));
            putScore(EXPERIENCE, signal.experience(), sink);
            putScore(EFFORT, signal.effort(), sink);
            if (naming) {
                signal.customer().ifPresent(customer -> sink.put(Facts.CUSTOMER, customer.toString()));
            }
        }

        private static void putScore(AttributeKey<Double> key, Score score, Facts.Sink sink) {
            if (score.isPresent()) {
                sink.put(key, score.value());
            }
        }

        /** Returns whether the signal concerns a whole team rather than one customer. */
        boolean isOfAll() {
            return signal.customer().isEmpty();
        }

        boolean isBad() {
            return signal.state() == Signal.State.RAISED && signal.kind() == Signal.Kind.DEGRADED;
        }

        long timeMs() {
            return signal.time().toEpochMilli();
        }
    }

    private static void putHealth(String state, Health health, Facts.Sink sink) {
        sink.put(HEALTH_STATE, state);
        sink.put(OFFERED, health.offered());
        sink.put(ACCEPTED, health.accepted());
    }

    /**
     * Writes to SLF4J.
     *
     * @param level the level of assessments; signals and changes of health are at INFO or WARN
     */
    private record Slf4jWriter(Level level, Throttle assessments, Throttle signals) implements Writer {

        @Override
        public void assessed(Assessed assessed) {
            if (isAllowed(level, assessments, assessed.timeMs())) {
                write(level, ASSESSMENT, assessed.text(), assessed::putInto);
            }
        }

        @Override
        public void signaled(Signaled signaled) {
            Level at = signaled.isBad() ? Level.WARN : Level.INFO;
            if (signaled.isOfAll() || isAllowed(at, signals, signaled.timeMs())) {
                write(at, SIGNAL, signaled.signal().toString(), signaled::putInto);
            }
        }

        private static boolean isAllowed(Level at, Throttle throttle, long timeMs) {
            if (!SLF4J.isEnabledForLevel(at)) {
                return false;
            }
            long heldBack = throttle.ask(timeMs);
            if (heldBack > 0) {
                SLF4J.atLevel(at).log("EventLog suppressed {} log events; at most 10 in 10 s are written", heldBack);
            }
            return heldBack != Throttle.HELD_BACK;
        }

        @Override
        public void changed(String state, Health health) {
            write(
                    health.degraded() ? Level.WARN : Level.INFO,
                    HEALTH,
                    "recording is " + state + ": " + health.offered() + " events offered, " + health.accepted()
                            + " accepted",
                    sink -> EventLog.putHealth(state, health, sink));
        }

        private static void write(Level level, String name, String message, Consumer<Facts.Sink> facts) {
            LoggingEventBuilder event = SLF4J.atLevel(level).addKeyValue(EVENT_NAME, name);
            facts.accept(new Facts.Sink() {
                @Override
                public <T> void put(AttributeKey<T> key, T value) {
                    var unused = event.addKeyValue(key.getKey(), value);
                }
            });
            event.log(message);
        }
    }

    /** Writes log events of OpenTelemetry in the current context. */
    private record OpenTelemetryWriter(Logger logger) implements Writer {

        @Override
        public void assessed(Assessed assessed) {
            write(ASSESSMENT, Severity.INFO, assessed::putInto);
        }

        @Override
        public void signaled(Signaled signaled) {
            write(SIGNAL, signaled.isBad() ? Severity.WARN : Severity.INFO, signaled::putInto);
        }

        @Override
        public void changed(String state, Health health) {
            write(
                    HEALTH,
                    health.degraded() ? Severity.WARN : Severity.INFO,
                    sink -> EventLog.putHealth(state, health, sink));
        }

        private void write(String name, Severity severity, Consumer<Facts.Sink> facts) {
            LogRecordBuilder event = logger.logRecordBuilder();
            EventName.set(event, name);
            event.setSeverity(severity);
            facts.accept(new Facts.Sink() {
                @Override
                public <T> void put(AttributeKey<T> key, T value) {
                    event.setAttribute(key, value);
                }
            });
            event.emit();
        }
    }

    /** Configures an event log. Not thread-safe. */
    public static final class Builder {

        private LoggedEvents which = LoggedEvents.MISSED;
        private double share = 1;
        private boolean naming;
        private @Nullable Supplier<OpenTelemetry> openTelemetry;

        private Builder() {}

        /** Sets which assessments are logged; {@link LoggedEvents#MISSED} by default. */
        public Builder events(LoggedEvents which) {
            this.which = which;
            return this;
        }

        /**
         * Sets the share of customers that are logged, always the same ones; all by default. Anonymous events are
         * always logged.
         *
         * @throws IllegalArgumentException if the share is not above 0 and at most 1
         */
        public Builder samplingRate(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "share of customers is " + share + "; expected above 0 and at most 1");
            }
            this.share = share;
            return this;
        }

        /** Includes the pseudonym of the customer, as {@code user.hash}. */
        public Builder customerKeys() {
            this.naming = true;
            return this;
        }

        /**
         * Sets the OpenTelemetry that receives log events if it exports logs; determined at the first log event. If it
         * exports none, assessments go to SLF4J at DEBUG. If it is not set, they go to SLF4J at INFO.
         */
        public Builder openTelemetry(Supplier<OpenTelemetry> openTelemetry) {
            this.openTelemetry = openTelemetry;
            return this;
        }

        /** Returns the event log. */
        public EventLog build() {
            return new EventLog(this);
        }
    }

    /** Which assessments are logged. */
    public enum LoggedEvents {
        /** None. */
        NONE,
        /** Assessments that are {@link dev.touchstone.scoring.Verdict#MISSED}. */
        MISSED,
        /**
         * Assessments that are missed, and all assessments at moments of truth: touchpoints whose declared importance
         * is above 1.
         */
        ALL
    }
}
