package dev.touchstone;

import dev.touchstone.care.SignalListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents failures of recording, of the engine and of callbacks from reaching the caller. A failure is counted, and
 * logged at most once a minute by kind. The logger is guarded like any callback. A strict instance rethrows.
 * Thread-safe.
 */
final class Guard {

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);
    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final Counters counters;
    private final EngineClock clock;
    /** Whether recording errors are thrown instead of only being counted. */
    final boolean strict;

    private final AtomicLongArray loggedAt = new AtomicLongArray(What.values().length);

    Guard(Counters counters, EngineClock clock, boolean strict) {
        this.counters = counters;
        this.clock = clock;
        this.strict = strict;
        for (What what : What.values()) {
            loggedAt.set(what.ordinal(), NEVER);
        }
    }

    /**
     * Accepts an offered object or counts it as dropped, even if the decision throws. Returns null in that case.
     *
     * @param outer the surrounding interaction; null if there is none
     */
    <T extends @Nullable Object> @Nullable Fate offer(Decision<T> decision, T what, @Nullable Interaction outer) {
        try {
            Fate fate = decision.decide(what, outer);
            if (fate instanceof Fate.Dropped dropped) {
                counters.drop(dropped.reason());
            }
            return fate;
        } catch (Throwable e) {
            synchronized (counters) {
                counters.failures++; // no call: this may be the last frame of the stack
            }
            handle(e, What.RECORDING);
            return null;
        }
    }

    /**
     * Throws a {@link RecordingException} for a dropped event if the instance is strict, unless it is paused or closed.
     */
    void report(Fate.Dropped dropped) {
        if (strict && dropped.reason() != DropReason.PAUSED) {
            throw new RecordingException(dropped.reason());
        }
    }

    /** Adds an accepted event to its cell. If that fails, the event stays accepted. */
    void add(Recorder recorder, Assessed accepted) {
        try {
            recorder.add(accepted);
        } catch (Throwable e) {
            handle(e, What.ADDING);
        }
    }

    /** Adds an accepted mention to the tally. If that fails, the mention stays accepted. */
    void add(MentionTally tally, Mention accepted) {
        try {
            tally.add(accepted, clock.latestMs());
        } catch (Throwable e) {
            handle(e, What.ADDING);
        }
    }

    /** Publishes changes. Failures outside a listener are not propagated either. */
    void publish(Publication publication, @Nullable Assessed accepted) {
        try {
            publication.announceAll(accepted);
        } catch (Throwable e) {
            handle(e, What.PUBLICATION);
        }
    }

    /** Notifies a listener of a change. */
    void announce(CustomerListener listener, CustomerChange change) {
        try {
            listener.changed(change);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
        }
    }

    /** Notifies a listener of the assessment of an event. */
    void announce(
            AssessmentListener listener,
            TouchpointEvent event,
            TouchpointDefinition touchpoint,
            Assessment assessment) {
        try {
            listener.assessed(event, touchpoint, assessment);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
        }
    }

    /** Calls each listener for signals. */
    void call(List<SignalListener> listeners, Consumer<SignalListener> call) {
        for (SignalListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable e) {
                counters.warn(Warning.LISTENER_ERROR);
                handle(e, What.LISTENER);
            }
        }
    }

    /** Calls a listener. */
    <T> void call(Consumer<T> listener, T news) {
        try {
            listener.accept(news);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
        }
    }

    /** Returns the problem of a listener; empty if it has none or fails. */
    Optional<String> problem(CustomerListener listener) {
        try {
            return listener.problem();
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
            return Optional.empty();
        }
    }

    /** Returns what a listener lost, by reason; empty if it fails. */
    Map<String, Long> lost(CustomerListener listener) {
        try {
            return listener.lost();
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
            return Map.of();
        }
    }

    /** Closes a listener with the instance. */
    void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Throwable e) {
            keepInterrupt(e);
            counters.warn(Warning.LISTENER_ERROR);
            log(e, What.LISTENER);
        }
    }

    /** Notifies a listener of a change of health. */
    void announce(HealthListener listener, Health health) {
        try {
            listener.changed(health);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.HEALTH_LISTENER);
        }
    }

    // a warning about a running interaction counts when that is recorded, any other at once

    /** Returns the customer from a resolver; null if it returns none or fails. */
    <S> @Nullable CustomerId findCustomer(CustomerResolver<S> resolver, S source, @Nullable Interaction running) {
        return ask(resolver::resolve, source, running, Warning.RESOLVER_ERROR, What.RESOLVER);
    }

    /** Returns the channel from a resolver; null if it returns none or fails. */
    <S> @Nullable Channel findChannel(ChannelResolver<S> resolver, S source, @Nullable Interaction running) {
        return ask(resolver::resolve, source, running, Warning.RESOLVER_ERROR, What.CHANNEL_RESOLVER);
    }

    /** Returns the enriched event; the event itself if the enricher fails. */
    TouchpointEvent enrich(EventEnricher enricher, TouchpointEvent event) {
        TouchpointEvent enriched = ask(enricher::enrich, event, null, Warning.RESOLVER_ERROR, What.ENRICHER);
        return enriched == null ? event : enriched;
    }

    /** Returns the consent from a resolver; {@code NONE} if it fails. */
    <S> Consent findConsent(ConsentResolver<S> resolver, S source, @Nullable Interaction running) {
        Consent answer = ask(
                asked -> Objects.requireNonNull(resolver.resolve(asked)),
                source,
                running,
                Warning.RESOLVER_ERROR,
                What.CONSENT_RESOLVER);
        return answer == null ? Consent.NONE : answer;
    }

    /** Returns the outcome from a classifier; null if it fails. */
    <S> @Nullable Outcome classify(Function<S, Outcome> classifier, S source, @Nullable Interaction running) {
        return ask(
                asked -> Objects.requireNonNull(classifier.apply(asked)),
                source,
                running,
                Warning.CLASSIFIER_ERROR,
                What.CLASSIFIER);
    }

    private <S, R> @Nullable R ask(
            Function<S, @Nullable R> callback, S source, @Nullable Interaction running, Warning warning, What what) {
        try {
            return callback.apply(source);
        } catch (Throwable e) {
            if (running == null) {
                counters.warn(warning);
            } else {
                running.warn(warning);
            }
            handle(e, what);
            return null;
        }
    }

    /** Makes room in the customer table after an event was counted. */
    void makeRoom(CustomerBook book) {
        try {
            book.makeRoom();
        } catch (Throwable e) {
            handle(e, What.BACKGROUND);
        }
    }

    /** Runs a background task that is retried later if it fails. */
    void background(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            counters.warn(Warning.BACKGROUND_ERROR);
            handle(e, What.BACKGROUND);
        }
    }

    /** Runs a task on the instance's background thread, which survives anything the task throws, strict or not. */
    void own(Runnable task) {
        own(task, What.BACKGROUND);
    }

    /** Runs the final task of an instance. Its failure does not prevent the application from closing. */
    void closing(Runnable task) {
        own(task, What.CLOSING);
    }

    private void own(Runnable task, What what) {
        try {
            task.run();
        } catch (Throwable e) {
            keepInterrupt(e);
            counters.warn(Warning.BACKGROUND_ERROR);
            log(e, what);
        }
    }

    /**
     * Returns whether a task ended without throwing. Allocates nothing, so that the background thread survives any
     * error.
     */
    static boolean survives(Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** Logs a message about the configuration. */
    void warn(String message, String argument) {
        try {
            LOGGER.warn(message, argument);
        } catch (Throwable broken) {
            counters.warn(Warning.LISTENER_ERROR);
        }
    }

    /** Restores the interrupt flag if a callback threw an undeclared InterruptedException. */
    private static void keepInterrupt(Throwable e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(Throwable e, What what) {
        keepInterrupt(e);
        if (strict) {
            sneakyThrow(e);
        }
        log(e, what);
    }

    /** Logs a condition of the instance. */
    void warn(What what) {
        try {
            if (isDue(what)) {
                LOGGER.warn("{}; {}", what.subject, what.consequence);
            }
        } catch (Throwable broken) {
            counters.warn(Warning.LISTENER_ERROR);
        }
    }

    private boolean isDue(What what) {
        long now = clock.nanoTime();
        long last = loggedAt.get(what.ordinal());
        return (last == NEVER || now - last >= LOG_INTERVAL) && loggedAt.compareAndSet(what.ordinal(), last, now);
    }

    private void log(Throwable e, What what) {
        try {
            if (isDue(what)) {
                StackTraceElement[] trace = e.getStackTrace();
                Object where = trace.length == 0 ? "an unknown location" : trace[0];
                // never the message: it may contain customer input
                LOGGER.warn(
                        "{} failed with {} at {}; {}",
                        what.subject,
                        e.getClass().getName(),
                        where,
                        what.consequence);
            }
        } catch (Throwable broken) { // the application's logger, clock or exception
            keepInterrupt(broken);
            counters.warn(Warning.LISTENER_ERROR);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneakyThrow(Throwable e) throws X {
        throw (X) e;
    }

    /** Accepts or drops an offered object. */
    @FunctionalInterface
    interface Decision<T extends @Nullable Object> {

        /** Decides. If it throws, nothing was accepted. */
        Fate decide(T what, @Nullable Interaction outer);
    }

    /** The kinds of log messages. */
    enum What {
        RECORDING("Recording", "the event was dropped and counted as \"error\""),
        ADDING("Counting an accepted event", "the event is missing from the scores of its touchpoint"),
        PUBLICATION("Publishing a change", "everything was counted, but listeners did not receive the change"),
        LISTENER("Listener", "everything was counted; the failure was counted as \"listener_error\""),
        HEALTH_LISTENER("HealthListener", "the failure was counted as \"listener_error\""),
        RESOLVER("CustomerResolver", "the event has no customer; the failure was counted as \"resolver_error\""),
        CHANNEL_RESOLVER(
                "ChannelResolver", "the declared channel was used; the failure was counted as \"resolver_error\""),
        CONSENT_RESOLVER("ConsentResolver", "consent NONE was used; the failure was counted as \"resolver_error\""),
        ENRICHER("EventEnricher", "the event was recorded unchanged; the failure was counted as \"resolver_error\""),
        CLASSIFIER(
                "OutcomeClassifier", "the default outcome was used; the failure was counted as \"classifier_error\""),
        BACKGROUND("Background work", "it will be retried"),
        CLOSING("Closing", "changes since the last snapshot are lost"),
        CROWDED(
                "Customer table: active customers were evicted because there are more than the maximum",
                "raise maximum-customers (TouchstoneBuilder.maximumCustomers)"),
        CLOCK("Clock: it went back by more than five minutes and stayed there", "the engine's time follows it"),
        FUTURE(
                "Clock: restored state is later than the current time",
                "its later times were set to now; check the host's clock");

        private final String subject;
        private final String consequence;

        What(String subject, String consequence) {
            this.subject = subject;
            this.consequence = consequence;
        }
    }
}
