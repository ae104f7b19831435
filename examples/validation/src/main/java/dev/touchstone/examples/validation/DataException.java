package dev.touchstone.examples.validation;

import org.jspecify.annotations.Nullable;

/** A file is not what it should be. Says which one, and where. */
final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataException(String message) {
        super(message);
    }

    DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
