package dev.touchstone;

import dev.touchstone.event.DropReason;

/** An event was dropped by an instance that was built {@linkplain TouchstoneBuilder#strict() strict}. */
public final class RecordingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    RecordingException(DropReason reason) {
        super("the event was dropped: " + reason.code());
        this.reason = reason;
    }

    /** Returns why. */
    public DropReason reason() {
        return reason;
    }
}
