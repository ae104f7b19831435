package dev.touchstone.store;

import java.io.IOException;

/** Thrown if a file is not as it was written. */
final class CorruptException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptException(String message) {
        super(message);
    }

    CorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
