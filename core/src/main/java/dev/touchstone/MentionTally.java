package dev.touchstone;

import dev.touchstone.event.Mention;
import dev.touchstone.survey.Mentions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The counts of public mentions. Thread-safe. */
final class MentionTally {

    private final AtomicReference<Mentions> mentions = new AtomicReference<>(Mentions.NONE);
    private final AtomicReference<Mentions> restored = new AtomicReference<>(Mentions.NONE);
    private final @Nullable SignalWatch signals;

    /** @param signals detects bursts of mentions; null without care */
    MentionTally(@Nullable SignalWatch signals) {
        this.signals = signals;
    }

    void add(Mention mention, long nowMs) {
        Mentions one = Mentions.of(mention);
        mentions.accumulateAndGet(one, Mentions::plus);
        if (signals != null) {
            signals.add(mention, nowMs);
        }
    }

    void restore(Mentions kept) {
        restored.accumulateAndGet(kept, Mentions::plus);
    }

    Mentions read() {
        return restored.get().plus(mentions.get());
    }

    /** Returns the counts since process start. */
    Mentions sinceStart() {
        return mentions.get();
    }
}
