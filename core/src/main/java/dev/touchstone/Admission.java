package dev.touchstone;

import dev.touchstone.TouchpointState.Declaration;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Note;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.TouchpointName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides which events count, and on what: validity, age, repetition, touchpoint, channel, customer. Thread-safe. */
final class Admission {

    private static final long MAX_AHEAD_MS = Duration.ofMinutes(5).toMillis();
    private static final long MAX_AGE_MS = Duration.ofDays(400).toMillis();

    private final Registry registry;
    private final PseudonymKey pseudonymKey;
    private final Counters counters;
    private final DuplicateWindow duplicates = new DuplicateWindow();

    Admission(Registry registry, PseudonymKey pseudonymKey, Counters counters) {
        this.registry = registry;
        this.pseudonymKey = pseudonymKey;
        this.counters = counters;
    }

    /** Returns why an event is not counted; null if it is. From then on its id counts as used. */
    @Nullable
    DropReason reasonToDrop(TouchpointEvent event, long nowMs) {
        String touchpoint = event.touchpoint();
        if (touchpoint.isBlank()) {
            return DropReason.BLANK_TOUCHPOINT;
        }
        if (!event.isWellFormed() || !(registry.isKnown(touchpoint) || TouchpointName.isRecordable(touchpoint))) {
            return DropReason.BAD_EVENT;
        }
        Feedback feedback = event.feedback().orElse(null);
        if (feedback != null && !feedback.isValid()) {
            return DropReason.BAD_FEEDBACK;
        }
        return reasonOfTimeOrId(event, nowMs);
    }

    /** Returns why a mention is not counted; null if it is. From then on its id counts as used. */
    @Nullable
    DropReason reasonToDrop(Mention mention, long nowMs) {
        if (!mention.isValid()) {
            return DropReason.BAD_FEEDBACK;
        }
        TouchpointEvent answer = mention.answer();
        if (mention.isAnswer()) {
            return reasonToDrop(answer, nowMs);
        }
        return answer.isWellFormed() ? reasonOfTimeOrId(answer, nowMs) : DropReason.BAD_EVENT;
    }

    private @Nullable DropReason reasonOfTimeOrId(TouchpointEvent event, long nowMs) {
        if (nowMs - event.timeMs().orElse(nowMs) > MAX_AGE_MS) {
            return DropReason.TOO_OLD;
        }
        String id = event.id().orElse(null);
        return id == null || duplicates.add(id) ? null : DropReason.DUPLICATE;
    }

    /** Decides what an event that is not dropped counts on. */
    Admitted admit(TouchpointEvent event, long nowMs) {
        TouchpointState touchpoint = registry.touchpoint(event.touchpoint());
        Declaration declaration = touchpoint.declaration();
        Channel channel = event.channel().orElse(declaration.definition().channel());
        Cell cell = registry.cell(touchpoint, channel);
        Admitted admitted =
                new Admitted(event, touchpoint, declaration, channel, cell, customer(event), time(event, nowMs), nowMs);
        note(admitted);
        return admitted;
    }

    private long time(TouchpointEvent event, long nowMs) {
        long timeMs = event.timeMs().orElse(nowMs);
        if (timeMs - nowMs > MAX_AHEAD_MS) {
            counters.note(Note.CLOCK_SKEW);
            return nowMs;
        }
        return timeMs;
    }

    private @Nullable CustomerKey customer(TouchpointEvent event) {
        if (event.customerKey().isPresent()) {
            return event.customerKey().get();
        }
        CustomerId id = event.customerId().orElse(null);
        return id == null || id.isBlank() ? null : id.key(pseudonymKey);
    }

    private void note(Admitted admitted) {
        TouchpointEvent event = admitted.event();
        if (event.isNoted()) {
            event.notes().forEach(counters::note);
        }
        if (admitted.customer() == null && event.customerId().isPresent()) {
            counters.note(Note.BLANK_CUSTOMER);
        }
        if (registry.isOther(admitted.cell())) {
            counters.note(Note.OTHER_TOUCHPOINT);
        }
    }
}
