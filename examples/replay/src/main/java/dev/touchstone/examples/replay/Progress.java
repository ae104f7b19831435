package dev.touchstone.examples.replay;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows the progress through a large file on a terminal. Not thread-safe. */
final class Progress {

    private static final long LARGE = 50L << 20;
    private static final long LINES = 100_000;

    private final PrintStream err;
    private final boolean watched;
    private long lines;
    private int width;

    private Progress(PrintStream err, boolean watched) {
        this.err = err;
        this.watched = watched;
    }

    static Progress on(PrintStream err, Input input) {
        return new Progress(err, input.size() >= LARGE && isWatched());
    }

    /** Counts a line. */
    void line() {
        lines++;
        if (watched && lines % LINES == 0) {
            show(String.format("%,d lines", lines));
        }
    }

    /** Starts from 0: the lines are read a second time. */
    void again() {
        lines = 0;
    }

    /** Leaves the line as if it had never been written to. */
    void end() {
        if (width > 0) {
            show("");
            err.print('\r');
            err.flush();
        }
    }

    private void show(String text) {
        err.print('\r' + text + " ".repeat(Math.max(0, width - text.length())));
        err.flush();
        width = text.length();
    }

    /**
     * Whether standard error is a terminal, as far as one can know. Up to Java 21 there is a console only if standard
     * input and output are terminals; from 22 on there always is one, which has to be asked. Neither speaks of standard
     * error, as shown by Linux.
     */
    @SuppressWarnings("SystemConsoleNull") // null up to Java 21
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && isTerminal(console) && isTerminal(Path.of("/proc/self/fd/2"));
    }

    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true; // before Java 22
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return !Files.exists(Path.of("/proc/self"));
        }
    }
}
