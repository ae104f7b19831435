package dev.touchstone.examples.replay;

/** The input is in a format that is recognized but not read; the message says how to convert it. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
