package dev.touchstone.store;

/**
 * Says that bytes are not those of the value that is read. Unchecked, because fields are read through an interface;
 * {@link SnapshotReader} turns it into a {@link CorruptException}.
 */
final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
