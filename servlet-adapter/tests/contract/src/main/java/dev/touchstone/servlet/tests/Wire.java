package dev.touchstone.servlet.tests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to the shop, byte by byte. */
final class Wire implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final String BLANK_LINE = "\r\n\r\n";
    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
    }

    /** Sends a request and returns the response as received, without its time. */
    String exchange(String request) throws IOException {
        send(request);
        return receive();
    }

    void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads a response up to its body. */
    String receiveHead() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf(BLANK_LINE) < 0) {
            head.append(next(in));
        }
        return head.toString();
    }

    /** Reads until the server closes the connection. */
    void receiveAll() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] part = new byte[1 << 16];
        while (in.read(part) >= 0) {
            // on to the end
        }
    }

    String receive() throws IOException {
        InputStream in = socket.getInputStream();
        String headers = receiveHead();
        String body = headers.startsWith("HTTP/1.1 204") || headers.startsWith("HTTP/1.1 304") ? "" : body(headers, in);
        return headers.replaceAll("(?i)\r\n(date|last-modified|etag):[^\r]*", "") + body;
    }

    private static String body(String headers, InputStream in) throws IOException {
        Matcher length = LENGTH.matcher(headers);
        if (length.find()) {
            return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.ISO_8859_1);
        }
        if (headers.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            StringBuilder body = new StringBuilder();
            while (!body.toString().equals("0" + BLANK_LINE) && !body.toString().endsWith("\r\n0" + BLANK_LINE)) {
                body.append(next(in));
            }
            return body.toString();
        }
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static char next(InputStream in) throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new IOException("the connection ended in the middle of a response");
        }
        return (char) read;
    }

    /** Reads part of a response. */
    int receive(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes).length;
    }

    /** Breaks the connection, as a client does that is switched off. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
