package dev.touchstone.examples.replay;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson.ReadEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a line says: an event, that a guest is a customer, or, with a reason, nothing. Immutable.
 *
 * @param event the event
 * @param identity who a guest is
 * @param reason why it says nothing
 * @param message the same for people; it repeats no value of the line
 * @param timeMs the time in milliseconds since 1970-01-01T00:00:00Z, or {@link #NO_TIME}
 */
record Line(
        @Nullable TouchpointEvent event,
        @Nullable Identity identity,
        @Nullable DropReason reason,
        String message,
        long timeMs) {

    /** Stands for a line without a readable time. */
    static final long NO_TIME = Long.MIN_VALUE;

    static Line of(ReadEvent read) {
        return new Line(
                read.event().orElse(null),
                null,
                read.reason().orElse(null),
                read.message(),
                read.timeMs().orElse(NO_TIME));
    }

    static Line of(TouchpointEvent event, long timeMs) {
        return new Line(event, null, null, "", timeMs);
    }

    static Line of(Identity identity, long timeMs) {
        return new Line(null, identity, null, "", timeMs);
    }

    static Line bad(DropReason reason, String message, long timeMs) {
        return new Line(null, null, reason, message, timeMs);
    }

    /**
     * Who a guest is.
     *
     * @param guest the id of the guest
     * @param customer the id of the customer
     */
    record Identity(String guest, String customer) {}
}
