package dev.touchstone.examples.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The events cannot be read. */
final class InputException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message, new IOException(message));
    }

    InputException(String message, IOException cause) {
        super(message, cause);
    }

    static String reason(IOException e) {
        return e instanceof EOFException
                ? "the compressed data break off"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
