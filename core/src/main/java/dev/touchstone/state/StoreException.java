package dev.touchstone.state;

import org.jspecify.annotations.Nullable;

/** Thrown if state could not be saved or restored. The message says where, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public StoreException(String message) {
        super(message);
    }

    /** Creates an exception with a message and a cause. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
