package dev.touchstone.state.internal;

/** Says that bytes are not those of the value that is read. Unchecked, because fields are read through an interface. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
