package dev.touchstone.state;

import org.jspecify.annotations.Nullable;

/** Says that something could not be kept or restored, where, and what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public StoreException(String message) {
        super(message);
    }

    /** Makes one with what caused it. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
