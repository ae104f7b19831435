package dev.touchstone.examples.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the events come from: a file or standard input, compressed by gzip or not, in UTF-8 or UTF-16, whatever its name says.
 */
final class Input implements AutoCloseable {

    static final String STANDARD_INPUT = "stdin";

    private static final int START = 64 << 10;

    private final String name;
    private final InputStream stream;
    private final byte[] start;
    private final long size;

    Input(String name, InputStream stream, byte[] start, long size) {
        this.name = name;
        this.stream = stream;
        this.start = start;
        this.size = size;
    }

    /** @throws InputException if the file cannot be opened */
    static Input open(Optional<String> file, InputStream standardInput) throws IOException {
        return file.isPresent() ? open(file.get()) : of(STANDARD_INPUT, standardInput, 0);
    }

    private static Input open(String file) {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InputException(file + " is a directory; name a file", new IOException(file));
            }
            InputFile opened = InputFile.open(path);
            return of(file, opened, opened.size());
        } catch (NoSuchFileException e) {
            throw new InputException("there is no file " + file, e);
        } catch (AccessDeniedException e) {
            throw new InputException(file + " may not be read", e);
        } catch (IOException e) {
            throw new InputException(file + " could not be read: " + InputException.reason(e), e);
        } catch (InvalidPathException e) {
            throw new InputException("there can be no file of that name", new IOException(e));
        }
    }

    private static Input of(String name, InputStream in, long size) throws IOException {
        byte[] magic = in.readNBytes(2);
        InputStream whole = again(magic, in);
        InputStream plain = GzipMembers.isGzip(magic) ? new GzipMembers(whole) : whole;
        byte[] raw = plain.readNBytes(START);
        InputStream text = Encoding.toUtf8(again(raw, plain), raw);
        byte[] start = text.readNBytes(START);
        return new Input(name, again(start, text), start, size);
    }

    /** Returns a stream of what was read from a stream and the rest of it. */
    private static InputStream again(byte[] read, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(read), rest);
    }

    /** Returns the name in messages. */
    String name() {
        return name;
    }

    /** Returns the events, not compressed, in UTF-8. */
    InputStream stream() {
        return stream;
    }

    /** Returns the first bytes, which the stream still contains; all of them if there are fewer than 64 KiB. */
    byte[] start() {
        return start.clone();
    }

    /** Returns the size of the file in bytes, 0 if it is unknown. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
