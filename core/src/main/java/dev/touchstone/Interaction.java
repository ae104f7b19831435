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
 * An event while it is still happening. It is settled once, by the first of {@link #succeed()}, {@link #degrade()},
 * {@link #invalidInput()}, {@link #abandon()} and {@link #fail()}, which also ends its duration, and it is recorded once,
 * when it is closed.
 * Closed without having been settled it is a failure, noted as {@code unsettled}. Until it is closed, facts may be added
 * by any thread; afterwards they are ignored. Thread-safe. No method throws.
 */
public final class Interaction implements AutoCloseable {

    /** The maximum number of interactions around one. */
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
     * Begins one.
     *
     * @param recorder records it; null if nothing does
     * @param outer the one inside which it happens, if there is one. Beyond {@link #MAX_DEPTH} it is not linked: the one
     *     around it is, and its consent holds
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

    /** Sets the touchpoint, if it is known only now. */
    public Interaction touchpoint(@Nullable String name) {
        return add(builder -> builder.touchpoint(name));
    }

    /** Sets the customer; the one named last before closing holds. */
    public Interaction customer(@Nullable CustomerId customer) {
        return add(builder -> {
            builder.customer(customer);
            named = true;
        });
    }

    /** Sets the customer by a pseudonym that was computed before. */
    public Interaction customer(@Nullable CustomerKey customer) {
        return add(builder -> {
            builder.customer(customer);
            named = true;
        });
    }

    /** Sets the customer whom a resolver finds, if it finds one; what it throws is counted and goes no further. */
    public <S> Interaction customer(CustomerResolver<S> resolver, S source) {
        CustomerId found = recorder == null ? null : recorder.guard().findCustomer(resolver, source, this);
        return found == null ? this : customer(found);
    }

    /**
     * Sets whom a resolver finds, if it finds one, as the customer unless one is named, earlier or later. Of several who
     * are presumed, the last one holds. What the resolver throws is counted and goes no further.
     */
    public <S> Interaction presume(CustomerResolver<S> resolver, S source) {
        CustomerId found = recorder == null ? null : recorder.guard().findCustomer(resolver, source, this);
        return found == null ? this : add(builder -> presumed = found);
    }

    /** Sets the channel. */
    public Interaction channel(@Nullable Channel channel) {
        return add(builder -> builder.channel(channel));
    }

    /** Sets the channel that a resolver finds, if it finds one; what it throws is counted and goes no further. */
    public <S> Interaction channel(ChannelResolver<S> resolver, S source) {
        Channel found = recorder == null ? null : recorder.guard().findChannel(resolver, source, this);
        return found == null ? this : channel(found);
    }

    /** Says what the customer agreed to be done with this. Of all that is said, the strictest holds. */
    public Interaction consent(Consent agreed) {
        return add(builder -> {
            consent = consent.stricter(agreed);
            builder.consent(consent);
        });
    }

    /** Asks a resolver what the customer agreed to; if it fails, they did not agree to anything. */
    public <S> Interaction consent(ConsentResolver<S> resolver, S source) {
        return recorder == null ? this : consent(recorder.guard().findConsent(resolver, source, this));
    }

    /** Sets how long the customer was told that it takes. */
    public Interaction promise(@Nullable Duration promise) {
        return add(builder -> builder.promise(promise));
    }

    /** Adds an answer of the customer about this. */
    public Interaction feedback(@Nullable Feedback feedback) {
        return add(builder -> builder.feedback(feedback));
    }

    /** Sets the money that it is about. */
    public Interaction amount(double amount) {
        return add(builder -> builder.amount(amount));
    }

    /** Sets what serving the customer cost. */
    public Interaction cost(double cost) {
        return add(builder -> builder.cost(cost));
    }

    /** Adds a free attribute. */
    public Interaction attribute(@Nullable String name, @Nullable String value) {
        return add(builder -> builder.attribute(name, value));
    }

    /** The customer had to try again. */
    public Interaction retry() {
        return add(builder -> builder.retries(++retries));
    }

    /** The customer had to take a step more than needed. */
    public Interaction excessStep() {
        return add(builder -> builder.excessSteps(++excessSteps));
    }

    /** The customer was handed to another person, team or seller. */
    public Interaction transfer() {
        return add(builder -> builder.transfers(++transfers));
    }

    /** The customer had to say the same again. */
    public Interaction repeatedInformation() {
        return add(builder -> builder.repeatedInformation(++repeatedInformation));
    }

    /** Adds a remark of the one who records. */
    public Interaction warn(Warning warning) {
        return add(builder -> builder.warn(warning));
    }

    /** The customer got what they came for. */
    public void succeed() {
        settle(Outcome.SUCCESS);
    }

    /** The customer got part of it, or got it in a worse way than intended. */
    public void degrade() {
        settle(Outcome.DEGRADED);
    }

    /**
     * The customer's input was refused, and they have to correct it, as with a form that is shown again: degraded, unless
     * it is settled already. The customer's next attempt at the same touchpoint within ten minutes counts as a retry.
     */
    public void invalidInput() {
        add(TouchpointEvent.Builder::invalidInput);
        settle(Outcome.DEGRADED);
    }

    /** The customer gave up. */
    public void abandon() {
        settle(Outcome.ABANDONED);
    }

    /** The customer did not get it. */
    public void fail() {
        settle(Outcome.FAILURE);
    }

    /** Settles with an outcome that is known as a value, unless it is settled already. */
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
        if (elapsedMs > 0) { // a clock too coarse to see it is no fault of the event
            event.durationMs(elapsedMs);
        }
    }

    private double elapsedMs() {
        return (nanoTime() - began) / 1e6;
    }

    /** Returns the time since this began; zero if nothing records it. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime() - began);
    }

    /**
     * Sets the duration, if it is not the time until this is settled: such as the time to the first byte of a stream. A
     * duration that is not positive counts as none. Ignored once this is settled.
     */
    public synchronized Interaction duration(Duration duration) {
        if (!settled && !closed) {
            timed = true;
            setDuration(duration.getSeconds() * 1e3 + duration.getNano() / 1e6);
        }
        return this;
    }

    /**
     * Settles with the outcome that a classifier finds, unless it is settled already. If the classifier throws, that is
     * counted as {@code classifier_error}, goes no further and settles nothing.
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

    /** Returns whether the outcome is known. */
    public synchronized boolean isSettled() {
        return settled;
    }

    /** Returns the pseudonym of the customer, as far as one is known by now. */
    public Optional<CustomerKey> customer() {
        TouchpointEvent soFar = soFar();
        return recorder == null || soFar.customerKey().isPresent()
                ? soFar.customerKey()
                : soFar.customerId().filter(CustomerId::isValid).map(recorder::key);
    }

    /** Returns the channel, as far as one is known by now. */
    public Optional<Channel> channel() {
        return soFar().channel();
    }

    private synchronized TouchpointEvent soFar() {
        return known();
    }

    /** Records it. Closing again does nothing. */
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
     * Returns an event that happens inside this one: with what is known here, and in the interactions around this one, and
     * is left open there.
     */
    TouchpointEvent around(TouchpointEvent inner) {
        if (inner.timeMs().isPresent()) {
            return inner; // it happened some other time
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

    /** Returns what is known so far; the monitor is held. */
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
