package dev.touchstone;

import dev.touchstone.event.DropReason;

/** Thrown by a {@linkplain TouchstoneBuilder#strict() strict} instance that dropped an event. */
public final class RecordingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    RecordingException(DropReason reason) {
        super("event was dropped: " + reason.code());
        this.reason = reason;
    }

    /** Returns the reason of the drop. */
    public DropReason reason() {
        return reason;
    }
}
