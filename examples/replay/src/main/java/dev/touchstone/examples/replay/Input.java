package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Where the events come from: a file or standard input, compressed by gzip or not, whatever its name says.
 *
 * @param name what it is called in messages
 * @param stream the events, no longer compressed
 * @param size the size of the file in bytes, 0 if it is unknown
 */
record Input(String name, InputStream stream, long size) implements AutoCloseable {

    static final String STANDARD_INPUT = "stdin";

    private static final int BUFFER = 64 << 10;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    /** @throws InputException if the file cannot be opened */
    static Input open(Optional<String> file, InputStream standardInput) throws IOException {
        return file.isPresent() ? open(file.get()) : new Input(STANDARD_INPUT, plain(standardInput), 0);
    }

    private static Input open(String file) {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InputException(file + " is a directory; name a file", new IOException(file));
            }
            return new Input(file, plain(Files.newInputStream(path)), Files.size(path));
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

    private static InputStream plain(InputStream in) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(in, 2);
        byte[] magic = stream.readNBytes(2);
        stream.unread(magic);
        boolean compressed = magic.length == 2 && (magic[0] & 0xff) == MAGIC_1 && (magic[1] & 0xff) == MAGIC_2;
        return compressed ? new GZIPInputStream(stream, BUFFER) : stream;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
