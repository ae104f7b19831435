package dev.touchstone;

import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of an event, on the caller's thread: guard, admit, fold, count, publish. One guarded step accepts or drops
 * an event; nothing after it changes that decision. Thread-safe. No method throws, unless the instance is strict.
 */
final class Recorder {

    private final Guard guard;
    private final EngineClock clock;
    private final Counters counters;
    private final EventEnricher[] enrichers;
    private final BuildStamp stamp;
    private final Admission admission;
    private final CustomerBook book;
    private final Membership membership;
    private final EventFold fold;
    private final Variants variants;
    private final AttributeValues values;
    private final MentionTally mentions;
    private final Publication publication;
    private final Background background;
    private final Guard.Decision<@Nullable TouchpointEvent> events = this::decide;
    private final Guard.Decision<@Nullable Mention> said = (mention, outer) -> decide(mention);
    private final Guard.Decision<@Nullable DropReason> rejected = (reason, outer) -> decide(reason);
    private volatile boolean paused;
    private volatile boolean closed;

    /**
     * Creates one.
     *
     * @param background the background thread, which starts with the first event, accepted or not
     */
    Recorder(
            Guard guard,
            EngineClock clock,
            Counters counters,
            List<EventEnricher> enrichers,
            BuildStamp stamp,
            Admission admission,
            CustomerBook book,
            Membership membership,
            EventFold fold,
            Variants variants,
            AttributeValues values,
            MentionTally mentions,
            Publication publication,
            Background background) {
        this.guard = guard;
        this.clock = clock;
        this.counters = counters;
        this.enrichers = enrichers.toArray(new EventEnricher[0]);
        this.stamp = stamp;
        this.admission = admission;
        this.book = book;
        this.membership = membership;
        this.fold = fold;
        this.variants = variants;
        this.values = values;
        this.mentions = mentions;
        this.publication = publication;
        this.background = background;
    }

    /** Returns the guard for an interaction's calls to the application's resolvers. */
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

    /**
     * Records an event.
     *
     * @param outer the surrounding interaction; null if there is none
     */
    void record(@Nullable TouchpointEvent event, @Nullable Interaction outer) {
        try {
            background.start();
            conclude(guard.offer(events, event, outer));
        } catch (StackOverflowError e) { // the stack is exhausted; either everything is counted, or nothing was offered
            if (guard.strict) {
                throw e;
            }
        }
    }

    /** Records a mention. */
    void record(@Nullable Mention mention) {
        try {
            background.start();
            Fate fate = guard.offer(said, mention, null);
            if (mention != null && (fate instanceof Assessed || fate == Fate.Said.ACCEPTED)) {
                guard.add(mentions, mention);
            }
            conclude(fate);
            if (fate == Fate.Said.ACCEPTED) {
                publication.publish();
            }
        } catch (StackOverflowError e) { // as above
            if (guard.strict) {
                throw e;
            }
        }
    }

    /** Finishes an accepted event. Failures here do not change that it is accepted. */
    private void conclude(@Nullable Fate fate) {
        if (fate instanceof Assessed accepted) {
            guard.add(this, accepted);
            if (accepted.customer() != null) {
                guard.makeRoom(book);
            }
            publication.publish(accepted);
        } else if (fate instanceof Fate.Dropped dropped) {
            guard.report(dropped);
        }
    }

    /** Counts an event that cannot be recorded. */
    void reject(@Nullable DropReason reason) {
        background.start();
        guard.offer(rejected, reason, null);
    }

    private Fate decide(@Nullable DropReason reason) {
        return new Fate.Dropped(isPaused() ? DropReason.PAUSED : reason == null ? DropReason.BAD_EVENT : reason);
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

    /** Drops all events from now on. Returns whether this is the first call. */
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Accepts or drops an event; called through the guard. */
    private Fate decide(@Nullable TouchpointEvent event, @Nullable Interaction outer) {
        if (isPaused()) {
            return new Fate.Dropped(DropReason.PAUSED);
        }
        long nowMs = clock.nowMs();
        if (event == null) {
            return new Fate.Dropped(DropReason.BLANK_TOUCHPOINT);
        }
        TouchpointEvent enriched = enriched(outer == null ? event : outer.around(event));
        return accept(admission.admit(stamp.on(enriched), nowMs));
    }

    /** Accepts or drops a mention; called through the guard. */
    private Fate decide(@Nullable Mention mention) {
        if (isPaused()) {
            return new Fate.Dropped(DropReason.PAUSED);
        }
        long nowMs = clock.nowMs();
        if (mention == null) {
            return new Fate.Dropped(DropReason.BAD_EVENT);
        }
        if (!mention.isValid()) {
            return new Fate.Dropped(DropReason.BAD_FEEDBACK);
        }
        if (mention.isAnswer()) {
            return accept(admission.admit(mention.answer(), nowMs));
        }
        Fate fate = admission.admit(mention, nowMs);
        if (fate == Fate.Said.ACCEPTED) {
            counters.acceptAnonymous();
        }
        return fate;
    }

    private TouchpointEvent enriched(TouchpointEvent event) {
        TouchpointEvent enriched = event;
        for (EventEnricher enricher : enrichers) {
            if (enriched.customerIdOrNull() != null
                    || enriched.customerKeyOrNull() != null
                    || enriched.timeMs().isPresent()) {
                return enriched;
            }
            enriched = guard.enrich(enricher, enriched);
        }
        return enriched;
    }

    /** Folds an admitted event. That accepts it, unless its customer was erased since admission. */
    private Fate accept(Fate fate) {
        if (!(fate instanceof Admitted admitted)) {
            return fate;
        }
        if (admitted.customer() == null) {
            Assessed assessed = fold.anonymous(admitted);
            counters.acceptAnonymous();
            return assessed;
        }
        Assessed assessed = book.change(admitted.customer(), admitted.timeMs(), admitted, fold);
        return assessed == null ? new Fate.Dropped(DropReason.ERASED) : assessed;
    }

    /** Adds an accepted event to its cell and its variants; called through the guard. */
    void add(Assessed accepted) {
        Admitted admitted = accepted.admitted();
        if (accepted.customer() != null) {
            membership.join(admitted.cell().group(), accepted.customer(), admitted.nowMs());
            Assessment happened = accepted.happened();
            if (happened != null && happened.verdictOrNull() == Verdict.MISSED) {
                membership.remember(
                        admitted.touchpoint().missed(), accepted.customer(), admitted.timeMs(), admitted.nowMs());
            }
        }
        admitted.touchpoint().add(accepted);
        variants.add(accepted, values, membership);
    }
}
