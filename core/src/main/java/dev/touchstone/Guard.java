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
 * Keeps every failure of recording, of the engine or of a callback, from the caller. A failure is counted, and logged at
 * most once a minute by kind. A logger is one more callback. A strict instance throws what it catches. Thread-safe.
 */
final class Guard {

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);
    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final Counters counters;
    private final EngineClock clock;
    /** Whether recording throws what it otherwise only counts. */
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
     * Offers something, which is then accepted or counted as dropped, whatever fails. Returns null if the decision failed.
     *
     * @param outer the interaction inside which it happens, if there is one
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
                counters.failures++; // not by a call: this may be the last frame of the stack
            }
            handle(e, What.RECORDING);
            return null;
        }
    }

    /** Throws, if the instance is strict, for an event that was dropped although it is neither paused nor closed. */
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

    /** Publishes changes. What fails outside a listener goes no further either. */
    void publish(Publication publication, @Nullable Assessed accepted) {
        try {
            publication.announceAll(accepted);
        } catch (Throwable e) {
            handle(e, What.PUBLICATION);
        }
    }

    /** Announces a change to a listener. */
    void announce(CustomerListener listener, CustomerChange change) {
        try {
            listener.changed(change);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.LISTENER);
        }
    }

    /** Announces the assessment of an event to a listener. */
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

    /** Closes a listener together with the instance. */
    void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Throwable e) {
            keepInterrupt(e);
            counters.warn(Warning.LISTENER_ERROR);
            log(e, What.LISTENER);
        }
    }

    /** Tells a listener of a change of health. */
    void tell(HealthListener listener, Health health) {
        try {
            listener.changed(health);
        } catch (Throwable e) {
            counters.warn(Warning.LISTENER_ERROR);
            handle(e, What.HEALTH_LISTENER);
        }
    }

    // a warning about a running interaction is counted when the interaction is recorded, any other at once

    /** Returns the customer that a resolver finds; null if it finds none or fails. */
    <S> @Nullable CustomerId findCustomer(CustomerResolver<S> resolver, S source, @Nullable Interaction running) {
        return ask(resolver::resolve, source, running, Warning.RESOLVER_ERROR, What.RESOLVER);
    }

    /** Returns the channel that a resolver finds; null if it finds none or fails. */
    <S> @Nullable Channel findChannel(ChannelResolver<S> resolver, S source, @Nullable Interaction running) {
        return ask(resolver::resolve, source, running, Warning.RESOLVER_ERROR, What.CHANNEL_RESOLVER);
    }

    /** Returns an event with what an enricher adds; the event itself if the enricher fails. */
    TouchpointEvent enrich(EventEnricher enricher, TouchpointEvent event) {
        TouchpointEvent enriched = ask(enricher::enrich, event, null, Warning.RESOLVER_ERROR, What.ENRICHER);
        return enriched == null ? event : enriched;
    }

    /** Returns the consent that a resolver finds; none if it fails. */
    <S> Consent findConsent(ConsentResolver<S> resolver, S source, @Nullable Interaction running) {
        Consent answer = ask(
                asked -> Objects.requireNonNull(resolver.resolve(asked)),
                source,
                running,
                Warning.RESOLVER_ERROR,
                What.CONSENT_RESOLVER);
        return answer == null ? Consent.NONE : answer;
    }

    /** Returns the outcome that a classifier finds; null if it fails. */
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

    /** Makes room for an event that was counted. */
    void makeRoom(CustomerBook book) {
        try {
            book.makeRoom();
        } catch (Throwable e) {
            handle(e, What.BACKGROUND);
        }
    }

    /** Does something in the background that is tried again later if it fails. */
    void background(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            counters.warn(Warning.BACKGROUND_ERROR);
            handle(e, What.BACKGROUND);
        }
    }

    /** Runs a task on the instance's own thread, which goes on whatever the task throws, strict or not. */
    void own(Runnable task) {
        own(task, What.BACKGROUND);
    }

    /** Runs the last task of an instance, whose failure must not keep the application from closing. */
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

    /** Returns whether a task ended without throwing. Allocates nothing, so that a thread of our own survives anything. */
    static boolean survives(Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** Says something about the configuration. */
    void warn(String message, String argument) {
        try {
            LOGGER.warn(message, argument);
        } catch (Throwable broken) {
            counters.warn(Warning.LISTENER_ERROR);
        }
    }

    /** Keeps the flag of an interrupt that a callback threw although nothing declares it. */
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
                Object where = trace.length == 0 ? "an unknown place" : trace[0];
                // never the message: it may say what a customer typed
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

    /** Accepts or drops what is offered. */
    @FunctionalInterface
    interface Decision<T extends @Nullable Object> {

        /** Decides. If this throws, nothing was accepted. */
        Fate decide(T what, @Nullable Interaction outer);
    }

    /** What is logged. */
    enum What {
        RECORDING("Recording an event", "the event was dropped and counted as \"error\""),
        ADDING("Adding an accepted event", "the event is missing in the scores of its touchpoint"),
        PUBLICATION("Publishing a change", "everything was counted, and listeners did not receive the change"),
        LISTENER("A listener", "everything was counted, and this was counted as \"listener_error\""),
        HEALTH_LISTENER("A HealthListener", "this was counted as \"listener_error\""),
        RESOLVER("A CustomerResolver", "the event has no customer, and this was counted as \"resolver_error\""),
        CHANNEL_RESOLVER(
                "A ChannelResolver", "the declared channel counts, and this was counted as \"resolver_error\""),
        CONSENT_RESOLVER("A ConsentResolver", "there is no consent, and this was counted as \"resolver_error\""),
        ENRICHER("An EventEnricher", "the event was recorded as it is, and this was counted as \"resolver_error\""),
        CLASSIFIER(
                "An OutcomeClassifier", "the default outcome was used, and this was counted as \"classifier_error\""),
        BACKGROUND("Background work", "it will be tried again"),
        CLOSING("Closing", "what happened since the last snapshot is lost"),
        CROWDED(
                "Active customers were evicted: there are more than the maximum",
                "raise maximum-customers (TouchstoneBuilder.maximumCustomers)"),
        CLOCK("The clock went back by more than five minutes and stayed there", "the engine's time follows it"),
        FUTURE(
                "Restored state is later than the time",
                "its times were taken as now; check how the host keeps its time");

        private final String subject;
        private final String consequence;

        What(String subject, String consequence) {
            this.subject = subject;
            this.consequence = consequence;
        }
    }
}
