package dev.touchstone;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event in progress. The first call of {@link #succeed()}, {@link #degrade()}, {@link #invalidInput()},
 * {@link #abandon()} or {@link #fail()} settles its outcome and ends its duration. Closing it records it once; unless
 * settled before, it is recorded as a failure with the warning {@code unsettled}. Any thread may add facts until it is
 * closed; later ones are ignored. Thread-safe. No method throws.
 */
public final class Interaction implements AutoCloseable {

    /** The maximum depth of nested interactions. */
    static final int MAX_DEPTH = 64;

    private final TouchpointEvent.Builder event;
    private final @Nullable Recorder recorder;
    private final @Nullable Interaction outer;
    private final int depth;
    private final long began;
    private double retries;
    private double excessSteps;
    private double transfers;
    private double repeatedInformation;
    private Consent consent = Consent.SCORE;
    private @Nullable CustomerId presumed;
    private boolean named;
    private boolean timed;
    private boolean settled;
    private boolean closed;

    /**
     * Begins an interaction.
     *
     * @param recorder records it; null if nothing does
     * @param outer the surrounding interaction; null if there is none. At {@link #MAX_DEPTH} it is skipped: its
     *  consent is taken over, and the interaction around it is linked instead
     */
    Interaction(@Nullable String touchpoint, @Nullable Recorder recorder, @Nullable Interaction outer) {
        this.event = TouchpointEvent.builder(touchpoint);
        this.recorder = recorder;
        this.began = nanoTime();
        if (outer != null && outer.depth >= MAX_DEPTH) {
            this.outer = outer.outer;
            this.depth = outer.depth;
            consent(outer.consent());
        } else {
            this.outer = outer;
            this.depth = outer == null ? 0 : outer.depth + 1;
        }
    }

    /** Sets the touchpoint, if it was unknown before. */
    public Interaction touchpoint(@Nullable String name) {
        return add(builder -> builder.touchpoint(name));
    }

    /** Sets the customer. The last customer set before closing applies. */
    public Interaction customer(@Nullable CustomerId customer) {
        return add(builder -> {
            builder.customer(customer);
            named = true;
        });
    }

    /** Sets the customer by a pseudonym that was already computed. */
    public Interaction customer(@Nullable CustomerKey customer) {
        return add(builder -> {
            builder.customer(customer);
            named = true;
        });
    }

    /** Sets the customer returned by a resolver, if any. An exception is counted and not propagated. */
    public <S> Interaction customer(CustomerResolver<S> resolver, S source) {
        CustomerId found = recorder == null ? null : recorder.guard().findCustomer(resolver, source, this);
        return found == null ? this : customer(found);
    }

    /**
     * Sets the customer returned by a resolver, if any, as a default: a customer set through {@code customer}, before
     * or after, takes precedence. The last of several defaults applies. An exception is counted and not propagated.
     */
    public <S> Interaction presume(CustomerResolver<S> resolver, S source) {
        CustomerId found = recorder == null ? null : recorder.guard().findCustomer(resolver, source, this);
        return found == null ? this : add(builder -> presumed = found);
    }

    /** Sets the channel. */
    public Interaction channel(@Nullable Channel channel) {
        return add(builder -> builder.channel(channel));
    }

    /** Sets the channel returned by a resolver, if any. An exception is counted and not propagated. */
    public <S> Interaction channel(ChannelResolver<S> resolver, S source) {
        Channel found = recorder == null ? null : recorder.guard().findChannel(resolver, source, this);
        return found == null ? this : channel(found);
    }

    /** Restricts the customer's consent. Of several consents the strictest applies. */
    public Interaction consent(Consent agreed) {
        return add(builder -> {
            consent = consent.stricter(agreed);
            builder.consent(consent);
        });
    }

    /** Restricts the consent to what a resolver returns; to {@link Consent#NONE} if the resolver fails. */
    public <S> Interaction consent(ConsentResolver<S> resolver, S source) {
        return recorder == null ? this : consent(recorder.guard().findConsent(resolver, source, this));
    }

    /** Sets the duration promised to the customer. */
    public Interaction promise(@Nullable Duration promise) {
        return add(builder -> builder.promise(promise));
    }

    /** Adds the customer's answer about this event. */
    public Interaction feedback(@Nullable Feedback feedback) {
        return add(builder -> builder.feedback(feedback));
    }

    /** Sets the amount of money involved. */
    public Interaction amount(double amount) {
        return add(builder -> builder.amount(amount));
    }

    /** Sets the cost of serving the customer. */
    public Interaction cost(double cost) {
        return add(builder -> builder.cost(cost));
    }

    /** Adds a custom attribute. */
    public Interaction attribute(@Nullable String name, @Nullable String value) {
        return add(builder -> builder.attribute(name, value));
    }

    /** Counts one retry by the customer. */
    public Interaction retry() {
        return add(builder -> builder.retries(++retries));
    }

    /** Counts one unnecessary step by the customer. */
    public Interaction excessStep() {
        return add(builder -> builder.excessSteps(++excessSteps));
    }

    /** Counts one transfer of the customer to another person, team or seller. */
    public Interaction transfer() {
        return add(builder -> builder.transfers(++transfers));
    }

    /** Counts one repetition of information by the customer. */
    public Interaction repeatedInformation() {
        return add(builder -> builder.repeatedInformation(++repeatedInformation));
    }

    /** Adds a warning. */
    public Interaction warn(Warning warning) {
        return add(builder -> builder.warn(warning));
    }

    /** Settles as a success: the customer got what they came for. */
    public void succeed() {
        settle(Outcome.SUCCESS);
    }

    /** Settles as degraded: the customer got only part of it, or in a worse way than intended. */
    public void degrade() {
        settle(Outcome.DEGRADED);
    }

    /**
     * Settles as degraded, unless settled before: the customer's input was rejected and must be corrected, as in a form
     * that is shown again. The customer's next attempt at the same touchpoint within ten minutes counts as a retry.
     */
    public void invalidInput() {
        add(TouchpointEvent.Builder::invalidInput);
        settle(Outcome.DEGRADED);
    }

    /** Settles as abandoned: the customer gave up. */
    public void abandon() {
        settle(Outcome.ABANDONED);
    }

    /** Settles as a failure: the customer did not get what they came for. */
    public void fail() {
        settle(Outcome.FAILURE);
    }

    /** Settles with an outcome, unless settled before. */
    public synchronized void settle(Outcome outcome) {
        if (settled || closed) {
            return;
        }
        settled = true;
        event.outcome(outcome);
        if (!timed) {
            setDuration(elapsedMs());
        }
    }

    private void setDuration(double elapsedMs) {
        if (elapsedMs > 0) { // a clock too coarse to measure it is not the event's fault
            event.durationMs(elapsedMs);
        }
    }

    private double elapsedMs() {
        return (nanoTime() - began) / 1e6;
    }

    /** Returns the time since the interaction began; zero if nothing records it. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime() - began);
    }

    /**
     * Sets the duration, such as the time to the first byte of a stream, instead of the time until settled. A duration
     * that is not positive counts as missing. Ignored once settled.
     */
    public synchronized Interaction duration(Duration duration) {
        if (!settled && !closed) {
            timed = true;
            setDuration(duration.getSeconds() * 1e3 + duration.getNano() / 1e6);
        }
        return this;
    }

    /**
     * Settles with the outcome returned by a classifier, unless settled before. If the classifier throws,
     * {@code classifier_error} is counted, nothing is settled, and the exception is not propagated.
     */
    public <S> void settle(Function<S, Outcome> classifier, S source) {
        if (recorder != null && !isSettled()) {
            Outcome found = recorder.guard().classify(classifier, source, this);
            if (found != null) {
                settle(found);
            }
        }
    }

    void settle(boolean succeeded) {
        settle(succeeded ? Outcome.SUCCESS : Outcome.FAILURE);
    }

    /** Returns whether the outcome is set. */
    public synchronized boolean isSettled() {
        return settled;
    }

    /** Returns the customer's pseudonym; empty if no customer is set yet. */
    public Optional<CustomerKey> customer() {
        TouchpointEvent soFar = soFar();
        return recorder == null || soFar.customerKey().isPresent()
                ? soFar.customerKey()
                : soFar.customerId().filter(CustomerId::isValid).map(recorder::key);
    }

    /** Returns the channel; empty if none is set yet. */
    public Optional<Channel> channel() {
        return soFar().channel();
    }

    private synchronized TouchpointEvent soFar() {
        return known();
    }

    /** Records the event. Closing again does nothing. */
    @Override
    public void close() {
        TouchpointEvent recorded;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (!settled) {
                event.warn(Warning.UNSETTLED);
                settle(Outcome.FAILURE);
            }
            closed = true;
            recorded = known();
        }
        if (recorder != null) {
            recorder.record(recorded, outer);
        }
    }

    private synchronized Consent consent() {
        return consent;
    }

    private long nanoTime() {
        return recorder == null ? 0 : recorder.clock().nanoTime();
    }

    /**
     * Returns an event recorded inside this interaction. Where the event has no customer or channel, it gets those of
     * this interaction or of the ones around it; the strictest consent applies.
     */
    TouchpointEvent around(TouchpointEvent inner) {
        if (inner.timeMs().isPresent()) {
            return inner; // it did not happen inside this interaction
        }
        TouchpointEvent completed = inner;
        for (Interaction next = this; next != null; next = next.outer) {
            completed = next.complete(completed);
        }
        return completed;
    }

    private TouchpointEvent complete(TouchpointEvent inner) {
        TouchpointEvent here = soFar();
        TouchpointEvent.Builder both = inner.toBuilder().consent(inner.consent().stricter(here.consent()));
        if (inner.customerId().isEmpty() && inner.customerKey().isEmpty()) {
            here.customerId().ifPresent(both::customer);
            here.customerKey().ifPresent(both::customer);
        }
        if (inner.channel().isEmpty()) {
            here.channel().ifPresent(both::channel);
        }
        return both.build();
    }

    /** Returns the event so far; the caller holds the monitor. */
    private TouchpointEvent known() {
        if (!named && presumed != null) {
            event.customer(presumed);
        }
        return event.build();
    }

    private synchronized Interaction add(Consumer<TouchpointEvent.Builder> fact) {
        if (!closed) {
            fact.accept(event);
        }
        return this;
    }
}
