package dev.touchstone.examples.replay;

import dev.touchstone.event.DropReason;
import java.io.PrintStream;

/** Prints the first bad lines and counts the rest. Not thread-safe. */
final class BadLines {

    private static final int PRINTED = 20;

    private final String source;
    private final PrintStream err;
    private long count;

    BadLines(String source, PrintStream err) {
        this.source = source;
        this.err = err;
    }

    void add(long line, DropReason reason, String detail) {
        count++;
        if (count <= PRINTED) {
            err.println(source + ":" + line + ": " + reason.code() + ": " + detail);
        }
    }

    /** Prints how many more there were. */
    void printRest() {
        if (count > PRINTED) {
            err.println(source + ": and " + (count - PRINTED) + " more bad lines");
        }
    }

    long count() {
        return count;
    }
}
