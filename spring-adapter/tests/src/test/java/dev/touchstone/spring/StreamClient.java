package dev.touchstone.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that asks for a stream, and may leave it. */
final class StreamClient implements AutoCloseable {

    private final Socket socket;
    private final long sent;

    StreamClient(int port, String path, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        sent = System.nanoTime();
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + Stream.of(headers)
                                        .map(header -> header + "\r\n")
                                        .collect(Collectors.joining())
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads up to the first byte of the body. */
    void firstByte() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        if (in.read() < 0) {
            throw new IOException("there is no body");
        }
    }

    /** Returns the time since the request was sent. */
    double elapsedMs() {
        return (System.nanoTime() - sent) / 1e6;
    }

    /** Reads until the server closes the connection, and returns what came first. */
    String readAll() throws IOException {
        byte[] part = new byte[1 << 16];
        String first = null;
        for (int read = 0; read >= 0; read = socket.getInputStream().read(part)) {
            first = first == null || first.isEmpty() ? new String(part, 0, read, StandardCharsets.US_ASCII) : first;
        }
        return first;
    }

    /** Breaks the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
