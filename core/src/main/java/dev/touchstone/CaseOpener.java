package dev.touchstone;

import dev.touchstone.care.CareSettings;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Score;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Opens recovery cases with the touchpoint's owner and the owner's deadlines. Thread-safe. */
final class CaseOpener {

    private final CareSettings settings;
    private final Registry registry;
    private final SignalTally ids;
    private final CaseBook book;

    CaseOpener(CareSettings settings, Registry registry, SignalTally ids, CaseBook book) {
        this.settings = settings;
        this.registry = registry;
        this.ids = ids;
        this.book = book;
    }

    /**
     * Opens a case, or returns the customer's unresolved case at the touchpoint.
     *
     * @return null if there are too many cases
     */
    @Nullable
    RecoveryCase open(
            CustomerKey customer, String touchpoint, Channel channel, String reason, Score experience, long nowMs) {
        return book.open(prepare(nextId(), customer, touchpoint, channel, reason, experience, nowMs));
    }

    /** Returns a new, unique id. */
    String nextId() {
        return ids.nextId();
    }

    /** Returns a case that is not in the book. */
    RecoveryCase prepare(
            String id,
            CustomerKey customer,
            String touchpoint,
            Channel channel,
            String reason,
            Score experience,
            long nowMs) {
        String owner = registry.owner(touchpoint);
        return RecoveryCase.of(id, customer, touchpoint, Instant.ofEpochMilli(nowMs))
                .channel(channel)
                .owner(owner)
                .reason(reason)
                .experience(experience)
                .deadlines(settings.deadlinesOf(owner))
                .build();
    }
}
