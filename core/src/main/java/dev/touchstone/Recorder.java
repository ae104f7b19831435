package dev.touchstone;

import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The straight line that an event travels, on the caller's thread: guard, admit, fold, count, publish. Thread-safe. No
 * method throws, unless the instance is strict.
 */
final class Recorder {

    private final Guard guard;
    private final EngineClock clock;
    private final Counters counters;
    private final List<EventEnricher> enrichers;
    private final Admission admission;
    private final CustomerBook book;
    private final EventFold fold;
    private final MentionTally mentions;
    private final Publication publication;
    private final Background background;
    private volatile boolean paused;
    private volatile boolean closed;

    /**
     * Creates one.
     *
     * @param background the thread that has work to do from the first event on, whatever becomes of the event
     */
    Recorder(
            Guard guard,
            EngineClock clock,
            Counters counters,
            List<EventEnricher> enrichers,
            Admission admission,
            CustomerBook book,
            EventFold fold,
            MentionTally mentions,
            Publication publication,
            Background background) {
        this.guard = guard;
        this.clock = clock;
        this.counters = counters;
        this.enrichers = List.copyOf(enrichers);
        this.admission = admission;
        this.book = book;
        this.fold = fold;
        this.mentions = mentions;
        this.publication = publication;
        this.background = background;
    }

    /** Returns the guard behind which an interaction calls the application's resolvers. */
    Guard guard() {
        return guard;
    }

    /** Returns the clock that times an interaction. */
    EngineClock clock() {
        return clock;
    }

    /** Returns the pseudonym of a customer. */
    CustomerKey key(CustomerId customer) {
        return admission.key(customer);
    }

    /** Records an event, inside an interaction if there is one. */
    void record(@Nullable TouchpointEvent event, @Nullable Interaction outer) {
        offered();
        guard.record(this, event, outer);
    }

    /** Records what was said in public. */
    void record(@Nullable Mention mention) {
        offered();
        guard.record(this, mention);
    }

    /** Counts what cannot be recorded. */
    void reject(@Nullable DropReason reason) {
        offered();
        counters.drop(isPaused() ? DropReason.PAUSED : reason == null ? DropReason.BAD_EVENT : reason);
    }

    boolean isPaused() {
        return paused || closed;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Drops everything from now on. Returns whether this is the first call. */
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** The line behind the guard. */
    void process(@Nullable TouchpointEvent event, @Nullable Interaction outer) {
        if (isPaused()) {
            counters.drop(DropReason.PAUSED);
            return;
        }
        long nowMs = clock.nowMs();
        if (event == null) {
            guard.drop(DropReason.BLANK_TOUCHPOINT);
            return;
        }
        Admitted admitted = admission.admit(enriched(outer == null ? event : outer.around(event)), nowMs);
        if (admitted != null) {
            accept(admitted);
        }
    }

    /** The line behind the guard. */
    void process(@Nullable Mention mention) {
        if (isPaused()) {
            counters.drop(DropReason.PAUSED);
            return;
        }
        long nowMs = clock.nowMs();
        if (mention == null) {
            guard.drop(DropReason.BAD_EVENT);
            return;
        }
        if (!mention.isValid()) {
            guard.drop(DropReason.BAD_FEEDBACK);
            return;
        }
        if (mention.isAnswer()) {
            Admitted admitted = admission.admit(mention.answer(), nowMs);
            if (admitted == null || !accept(admitted)) {
                return;
            }
        } else if (admission.admits(mention, nowMs)) {
            counters.anonymous.increment();
            counters.accepted.increment();
        } else {
            return;
        }
        mentions.add(mention);
    }

    private TouchpointEvent enriched(TouchpointEvent event) {
        TouchpointEvent enriched = event;
        for (EventEnricher enricher : enrichers) {
            if (enriched.customerId().isPresent()
                    || enriched.customerKey().isPresent()
                    || enriched.timeMs().isPresent()) {
                return enriched;
            }
            enriched = guard.enrich(enricher, enriched);
        }
        return enriched;
    }

    /** Folds, counts and publishes an admitted event. Returns false if its customer was erased meanwhile. */
    private boolean accept(Admitted admitted) {
        Assessed assessed = fold(admitted);
        if (assessed == null) {
            guard.drop(DropReason.ERASED); // between its admission and now
            return false;
        }
        count(admitted, assessed);
        if (admitted.customer() != null) {
            guard.makeRoom(book);
        }
        publication.publish(admitted, assessed);
        return true;
    }

    private @Nullable Assessed fold(Admitted admitted) {
        if (admitted.customer() == null) {
            Assessed assessed = fold.anonymous(admitted);
            counters.anonymous.increment();
            return assessed;
        }
        return book.change(admitted.customer(), admitted.timeMs(), admitted, fold);
    }

    private void count(Admitted admitted, Assessed assessed) {
        admitted.cell().add(admitted, assessed);
        if (assessed.happened() != null) {
            admitted.touchpoint().learn(admitted.event(), admitted.timeMs());
        }
        counters.accepted.increment();
    }

    private void offered() {
        counters.offered.increment();
        background.start();
    }
}
