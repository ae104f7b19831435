package dev.touchstone.examples.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of event lines. After {@link #next()} returned true, the accessors describe one line until the next call. Not
 * thread-safe.
 */
interface EventSource {

    /** Advances to the next line; returns false at the end. */
    boolean next() throws IOException;

    /** Returns the number of the line in the file, from 1. */
    long number();

    /** Returns the reason why the line cannot be an event, if the source knows one; null otherwise. */
    @Nullable
    String problem();

    /** Returns the array that contains the line. The content is valid until the next call of {@link #next()}. */
    byte[] buffer();

    /** Returns the index of the first byte of the line. */
    int offset();

    /** Returns the length of the line in bytes. */
    int length();
}
