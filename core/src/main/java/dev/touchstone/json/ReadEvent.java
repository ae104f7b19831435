package dev.touchstone.json;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of one JSON text that should be an event: either the event, or the reason why it is none. Immutable.
 */
public final class ReadEvent {

    private final @Nullable TouchpointEvent event;
    private final @Nullable DropReason reason;
    private final String message;
    private final long timeMs;

    private ReadEvent(@Nullable TouchpointEvent event, @Nullable DropReason reason, String message, long timeMs) {
        this.event = event;
        this.reason = reason;
        this.message = message;
        this.timeMs = timeMs;
    }

    static ReadEvent of(TouchpointEvent event, long timeMs) {
        return new ReadEvent(event, null, "", timeMs);
    }

    static ReadEvent dropped(DropReason reason, String message) {
        return new ReadEvent(null, reason, message, Rfc3339.INVALID);
    }

    static ReadEvent dropped(DropReason reason, String message, long timeMs) {
        return new ReadEvent(null, reason, message, timeMs);
    }

    /** Returns the event; empty if it is none. */
    public Optional<TouchpointEvent> event() {
        return Optional.ofNullable(event);
    }

    /** Returns why it is no event; empty if it is one. */
    public Optional<DropReason> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Returns for people why it is no event, such as {@code "time" is missing}; blank if it is one. It names fields and
     * repeats nothing of what they say.
     */
    public String message() {
        return message;
    }

    /**
     * Returns the time in milliseconds since 1970-01-01T00:00:00Z, which may be readable though the event is dropped:
     * always beside {@code blank_touchpoint}, {@code after_at} and {@code bad_feedback}, never beside {@code bad_time},
     * and beside {@code bad_event} if it was an object at all.
     */
    public OptionalLong timeMs() {
        return timeMs == Rfc3339.INVALID ? OptionalLong.empty() : OptionalLong.of(timeMs);
    }

    @Override
    public String toString() {
        return reason == null ? String.valueOf(event) : reason.code() + ": " + message;
    }
}
