package dev.touchstone.examples.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a source in the order of their event times. Lines are collected in chunks of bounded size, each chunk is
 * sorted in memory and appended to one temporary file, and the sorted runs of that file are merged. A source that fits into
 * one chunk needs no file. A chunk that continues the run before it extends that run, so a source in order is one run.
 *
 * <p>Lines of the same time keep the order of the source, unless the source never goes forward in time: an export with the
 * newest line first is read from its end. A line without a readable time stays behind the line before it.
 *
 * <p>The temporary file contains what the source contains, customer ids included. Only its owner can read it, and the
 * operating system removes it when this is closed or the process ends. Not thread-safe.
 */
final class TimeOrder implements EventSource, Closeable {

    private static final int MAX_CHUNK = 64 << 20;
    private static final int FIRST_CHUNK = 1 << 20;
    private static final int SMALLEST_BUFFER = 8 << 10;
    private static final int LARGEST_BUFFER = 1 << 20;

    private final int chunkBytes;
    private final Path folder;
    private final List<Run> runs = new ArrayList<>();
    private final PriorityQueue<Cursor> heads;

    private @Nullable FileChannel file;
    private boolean rises;
    private boolean falls;
    private @Nullable Cursor current;

    private TimeOrder(int chunkBytes, Path folder) {
        this.chunkBytes = chunkBytes;
        this.folder = folder;
        // of equal times: the earlier run, or the later one if the newest lines come first
        this.heads = new PriorityQueue<>(Comparator.comparingLong(Cursor::timeMs)
                .thenComparingInt(cursor -> isNewestFirst() ? -cursor.run() : cursor.run()));
    }

    /** Returns the memory that a chunk takes unless something else is wanted: an eighth of the heap, at most 64 MiB. */
    static int usualChunkBytes() {
        return (int) Math.min(MAX_CHUNK, Runtime.getRuntime().maxMemory() / 8);
    }

    /**
     * Reads a source to its end.
     *
     * @param chunkBytes about the memory that a chunk takes, in bytes
     * @param folder the folder of the temporary file
     */
    static TimeOrder of(EventSource source, EventTime time, Progress progress, int chunkBytes, Path folder)
            throws IOException {
        TimeOrder order = new TimeOrder(chunkBytes, folder);
        try {
            order.read(source, time, progress);
            return order;
        } catch (IOException | RuntimeException | Error e) {
            try {
                order.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void read(EventSource source, EventTime time, Progress progress) throws IOException {
        Chunk chunk = new Chunk(Math.min(FIRST_CHUNK, chunkBytes), chunkBytes);
        long timeMs = Long.MIN_VALUE;
        while (source.next()) {
            progress.line();
            long read = source.problem() == null
                    ? time.find(source.buffer(), source.offset(), source.length())
                    : EventTime.NONE;
            if (read != EventTime.NONE) {
                rises |= timeMs != Long.MIN_VALUE && read > timeMs;
                falls |= read < timeMs;
                timeMs = read;
            }
            if (!chunk.fits(source)) {
                spill(chunk);
                chunk.clear();
            }
            chunk.add(timeMs, source);
        }
        chunk.sort(isNewestFirst());
        if (runs.isEmpty()) {
            start(new MemoryCursor(chunk));
            return;
        }
        spill(chunk);
        int buffer = Math.max(SMALLEST_BUFFER, Math.min(chunkBytes / runs.size(), LARGEST_BUFFER));
        for (int i = 0; i < runs.size(); i++) {
            start(new FileCursor(openFile(), runs.get(i), i, buffer));
        }
    }

    private boolean isNewestFirst() {
        return falls && !rises;
    }

    private void start(Cursor cursor) throws IOException {
        if (cursor.next()) {
            heads.add(cursor);
        }
    }

    private void spill(Chunk chunk) throws IOException {
        chunk.sort(isNewestFirst());
        Run run;
        try {
            FileChannel channel = openFile();
            long start = channel.position();
            chunk.write(channel);
            run = new Run(start, channel.position(), chunk.firstTimeMs(), chunk.lastTimeMs());
        } catch (IOException e) {
            throw new InputException(
                    "the lines could not be sorted in " + folder + ": "
                            + InputException.reason(e)
                            + "; name another folder with java -Djava.io.tmpdir=FOLDER, or sort the file and use"
                            + " --in-order-given",
                    e);
        }
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.lastTimeMs <= run.firstTimeMs && !isNewestFirst()) {
            runs.set(runs.size() - 1, new Run(last.start, run.end, last.firstTimeMs, run.lastTimeMs));
        } else {
            runs.add(run);
        }
    }

    private FileChannel openFile() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Path path = Files.createTempFile(folder, "touchstone-replay-", ".sort"); // for its owner only
            try {
                open = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                Files.deleteIfExists(path);
                throw e;
            }
            file = open;
        }
        return open;
    }

    /** Returns the number of sorted runs in the temporary file; 0 if everything was sorted in memory. */
    int runs() {
        return runs.size();
    }

    @Override
    public boolean next() throws IOException {
        Cursor used = current;
        if (used != null && used.next()) {
            heads.add(used);
        }
        current = heads.poll();
        return current != null;
    }

    private Cursor current() {
        Cursor cursor = current;
        if (cursor == null) {
            throw new IllegalStateException("there is no line");
        }
        return cursor;
    }

    @Override
    public long number() {
        return current().number();
    }

    @Override
    public @Nullable String problem() {
        Cursor cursor = current();
        return cursor.isProblem()
                ? new String(cursor.buffer(), cursor.offset(), cursor.length(), StandardCharsets.UTF_8)
                : null;
    }

    @Override
    public byte[] buffer() {
        return current().buffer();
    }

    @Override
    public int offset() {
        return current().offset();
    }

    @Override
    public int length() {
        return current().length();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** A part of the temporary file that is in order. */
    private record Run(long start, long end, long firstTimeMs, long lastTimeMs) {}

    /** A position in something that is in order. */
    private interface Cursor {

        boolean next() throws IOException;

        int run();

        long timeMs();

        long number();

        boolean isProblem();

        byte[] buffer();

        int offset();

        int length();
    }

    /** Lines in memory: their bytes one after another, and an index that is sorted. */
    private static final class Chunk {

        /** What a line takes beside its bytes: the index, and the boxed numbers that sorting takes. */
        private static final int OVERHEAD = 48;

        private final int limit;
        private byte[] bytes;
        private int used;
        private int count;
        private long[] times = new long[1024];
        private long[] numbers = new long[1024];
        private int[] ends = new int[1024];
        private boolean[] problems = new boolean[1024];
        private int[] order = new int[0];

        Chunk(int first, int limit) {
            this.bytes = new byte[first];
            this.limit = limit;
        }

        boolean fits(EventSource line) {
            return count == 0 || used + length(line) + (long) OVERHEAD * (count + 1) <= limit;
        }

        private static int length(EventSource line) {
            return line.problem() == null ? line.length() : line.problem().length();
        }

        void add(long timeMs, EventSource line) {
            String problem = line.problem();
            byte[] from = problem == null ? line.buffer() : problem.getBytes(StandardCharsets.UTF_8);
            int offset = problem == null ? line.offset() : 0;
            int length = problem == null ? line.length() : from.length;
            if (used + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(used + length, Math.min(2 * bytes.length, limit)));
            }
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
                numbers = Arrays.copyOf(numbers, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
                problems = Arrays.copyOf(problems, 2 * count);
            }
            System.arraycopy(from, offset, bytes, used, length);
            used += length;
            times[count] = timeMs;
            numbers[count] = line.number();
            ends[count] = used;
            problems[count] = problem != null;
            count++;
        }

        void clear() {
            used = 0;
            count = 0;
        }

        void sort(boolean newestFirst) {
            order = new int[count];
            boolean sorted = true;
            for (int i = 0; i < count; i++) {
                order[i] = newestFirst ? count - 1 - i : i;
                sorted &= i == 0 || times[order[i - 1]] <= times[order[i]];
            }
            if (!sorted) {
                order = Arrays.stream(order)
                        .boxed()
                        .sorted(Comparator.comparingLong(line -> times[line])) // stable
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }

        long firstTimeMs() {
            return times[order[0]];
        }

        long lastTimeMs() {
            return times[order[count - 1]];
        }

        void write(FileChannel channel) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(LARGEST_BUFFER);
            for (int line : order) {
                int length = ends[line] - start(line);
                if (buffer.remaining() < FileCursor.HEADER + length) {
                    writeAll(channel, buffer.flip());
                    buffer = FileCursor.HEADER + length > buffer.capacity()
                            ? ByteBuffer.allocate(FileCursor.HEADER + length)
                            : buffer.clear();
                }
                buffer.putLong(times[line]).putLong(numbers[line]).put((byte) (problems[line] ? 1 : 0));
                buffer.putInt(length).put(bytes, start(line), length);
            }
            writeAll(channel, buffer.flip());
        }

        private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        private int start(int line) {
            return line == 0 ? 0 : ends[line - 1];
        }
    }

    private static final class MemoryCursor implements Cursor {

        private final Chunk chunk;
        private int next;
        private int line;

        MemoryCursor(Chunk chunk) {
            this.chunk = chunk;
        }

        @Override
        public boolean next() {
            if (next == chunk.count) {
                return false;
            }
            line = chunk.order[next++];
            return true;
        }

        @Override
        public int run() {
            return 0;
        }

        @Override
        public long timeMs() {
            return chunk.times[line];
        }

        @Override
        public long number() {
            return chunk.numbers[line];
        }

        @Override
        public boolean isProblem() {
            return chunk.problems[line];
        }

        @Override
        public byte[] buffer() {
            return chunk.bytes;
        }

        @Override
        public int offset() {
            return chunk.start(line);
        }

        @Override
        public int length() {
            return chunk.ends[line] - chunk.start(line);
        }
    }

    private static final class FileCursor implements Cursor {

        private static final int HEADER = 8 + 8 + 1 + 4;

        private final FileChannel channel;
        private final int run;
        private final long end;
        private long position;
        private ByteBuffer buffer;
        private long timeMs;
        private long number;
        private boolean problem;
        private int offset;
        private int length;

        FileCursor(FileChannel channel, Run run, int index, int bufferBytes) {
            this.channel = channel;
            this.run = index;
            this.position = run.start;
            this.end = run.end;
            this.buffer = ByteBuffer.allocate(bufferBytes).limit(0);
        }

        @Override
        public boolean next() throws IOException {
            if (!has(HEADER)) {
                return false;
            }
            timeMs = buffer.getLong();
            number = buffer.getLong();
            problem = buffer.get() != 0;
            length = buffer.getInt();
            if (!has(length)) {
                throw changed();
            }
            offset = buffer.position();
            buffer.position(offset + length);
            return true;
        }

        private static IOException changed() {
            return new IOException("the temporary file was changed while it was read");
        }

        /** Makes a number of bytes available in the buffer; returns false if the run has no more. */
        private boolean has(int bytes) throws IOException {
            if (buffer.remaining() >= bytes) {
                return true;
            }
            if (bytes <= buffer.capacity()) {
                buffer.compact();
            } else {
                buffer = ByteBuffer.allocate(bytes).put(buffer);
            }
            buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - position));
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position);
                if (read < 0) {
                    throw changed();
                }
                position += read;
            }
            buffer.flip();
            return buffer.remaining() >= bytes;
        }

        @Override
        public int run() {
            return run;
        }

        @Override
        public long timeMs() {
            return timeMs;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public boolean isProblem() {
            return problem;
        }

        @Override
        public byte[] buffer() {
            return buffer.array();
        }

        @Override
        public int offset() {
            return offset;
        }

        @Override
        public int length() {
            return length;
        }
    }
}
