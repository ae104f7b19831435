package dev.touchstone.state.internal;

/** Thrown if bytes do not represent the expected value. Unchecked, because fields are read through an interface. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
