package dev.touchstone.examples.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Event lines that are made from records of another format. Not thread-safe. */
abstract class ConvertedSource implements EventSource {

    private byte[] line = new byte[0];
    private @Nullable String problem;
    private long number;

    @Override
    public final boolean next() throws IOException {
        problem = null;
        line = new byte[0];
        return advance();
    }

    /** Calls {@link #event} or {@link #bad} for the next record that is one of them; returns false at the end. */
    abstract boolean advance() throws IOException;

    /** Returns a line of the summary about records that are no events; blank if there is nothing to say. */
    String summary() {
        return "";
    }

    /** Sets the event line. */
    final void event(long lineNumber, JsonLine event) {
        number = lineNumber;
        line = event.line();
        if (line.length > LineReader.MAX_LENGTH) {
            bad(lineNumber, "is longer than " + LineReader.MAX_LENGTH + " bytes");
        }
    }

    /** Sets a bad line. */
    final void bad(long lineNumber, String reason) {
        number = lineNumber;
        problem = reason;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final @Nullable String problem() {
        return problem;
    }

    @Override
    public final byte[] buffer() {
        return line;
    }

    @Override
    public final int offset() {
        return 0;
    }

    @Override
    public final int length() {
        return line.length;
    }
}
