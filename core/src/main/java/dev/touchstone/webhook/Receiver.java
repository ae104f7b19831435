package dev.touchstone.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HTTP endpoint that receives signals. Uses {@link HttpURLConnection}, which needs no thread: the threads of a
 * client that cannot be closed would outlive a web application. Thread-safe.
 */
final class Receiver {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CONNECT_MS = 5_000;
    private static final int READ_MS = 10_000;
    private static final int MAX_ANSWER = 64 << 10;
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;

    /** Statuses after which the same content will never be accepted. */
    private static final Set<Integer> FINAL = Set.of(400, 409, 410, 413, 415, 422);

    private final URI url;
    private final SecretKeySpec secret;

    Receiver(URI url, String secret) {
        this.url = url;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * Posts a signal.
     *
     * @param id the id of the signal
     * @param body the signal as JSON
     * @param now the time to sign
     * @return the response of the endpoint
     * @throws IOException if it cannot be reached or does not respond in time
     */
    Answer post(String id, String body, Instant now) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        URLConnection opened = url.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException("the URL does not open an HTTP connection");
        }
        connection.setRequestMethod("POST");
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(READ_MS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(content.length);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Touchstone-Signal", id);
        connection.setRequestProperty("Touchstone-Signature", signature(now.getEpochSecond(), body));
        try (OutputStream output = connection.getOutputStream()) {
            output.write(content);
        }
        int status = connection.getResponseCode();
        readAnswer(connection);
        return status >= SUCCESS && status < REDIRECT
                ? Answer.DELIVERED
                : FINAL.contains(status) ? Answer.REFUSED : new Answer(false, false, "status " + status);
    }

    /** Reads a short response to its end, so that the connection can be reused. */
    private static void readAnswer(HttpURLConnection connection) {
        try (InputStream answer =
                connection.getErrorStream() == null ? connection.getInputStream() : connection.getErrorStream()) {
            answer.readNBytes(MAX_ANSWER);
        } catch (IOException e) {
            connection.disconnect(); // only the status matters
        }
    }

    private String signature(long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] hash = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing; every Java platform provides it", e);
        }
    }

    /**
     * The response of the endpoint to a signal.
     *
     * @param delivered whether it was accepted
     * @param refused whether it will never be accepted
     * @param problem the problem; empty if there is none
     */
    record Answer(boolean delivered, boolean refused, String problem) {

        static final Answer DELIVERED = new Answer(true, false, "");
        static final Answer REFUSED = new Answer(false, true, "");
    }

    /** Returns the delay after this many failures in a row: 1 s, doubled each time, at most 5 minutes. */
    static Duration backoff(int failures) {
        return Duration.ofSeconds(Math.min(300, 1L << Math.min(failures - 1, 9)));
    }
}
