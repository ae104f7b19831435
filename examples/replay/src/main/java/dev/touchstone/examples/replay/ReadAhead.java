package dev.touchstone.examples.replay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a source in its order, read by a thread of their own while the lines before them are recorded. What that thread
 * throws is thrown by {@link #next()} after the lines before it. At most {@value #AHEAD} batches are read ahead. Used by one
 * thread, which leaves the source alone until there is no next line.
 *
 * <p>Of one thread's time for 1,000,000 events, recording is 53 % and what is done here is 32 %.
 */
final class ReadAhead implements Closeable {

    private static final int AHEAD = 8;
    private static final int LINES = 512;

    private final EventSource source;
    private final Function<EventSource, Line> reader;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread = new Thread(this::readAll, "replay-read");

    private Batch batch = new Batch();
    private int at = -1;

    /**
     * Starts reading.
     *
     * @param reader makes a line of what the source is at
     */
    ReadAhead(EventSource source, Function<EventSource, Line> reader) {
        this.source = source;
        this.reader = reader;
        thread.setDaemon(true); // standard input may never end
        thread.start();
    }

    /**
     * Advances to the next line; returns false at the end.
     *
     * @throws IOException if the source cannot be read any further
     */
    boolean next() throws IOException {
        at++;
        while (at >= batch.size) {
            if (batch.isLast) {
                batch.throwFailure();
                return false;
            }
            batch = take();
            at = 0;
        }
        return true;
    }

    private Batch take() throws IOException {
        try {
            return batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Returns the number of the line in the file, from 1. */
    long number() {
        return batch.numbers[at];
    }

    /** Returns what the line says. */
    Line line() {
        return batch.lines[at];
    }

    /** Stops reading. Does not wait for it: the source may be blocked. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void readAll() {
        try {
            Batch read;
            do {
                read = new Batch();
                read.fill(source, reader);
                batches.put(read);
            } while (!read.isLast);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: the rest is not wanted
        }
    }

    /** Lines that are handed over together, and what ended them. */
    private static final class Batch {

        private final Line[] lines = new Line[LINES];
        private final long[] numbers = new long[LINES];
        private int size;
        private boolean isLast;
        private @Nullable Throwable failure;

        void fill(EventSource source, Function<EventSource, Line> reader) {
            try {
                while (size < LINES) {
                    if (!source.next()) {
                        isLast = true;
                        return;
                    }
                    lines[size] = reader.apply(source);
                    numbers[size] = source.number();
                    size++;
                }
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
                isLast = true;
            }
        }

        void throwFailure() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
