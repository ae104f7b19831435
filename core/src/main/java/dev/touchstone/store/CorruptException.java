package dev.touchstone.store;

/** Says that a file is not what was once written. */
final class CorruptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptException(String message) {
        super(message);
    }

    CorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
