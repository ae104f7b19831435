package dev.touchstone.examples.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a visitor holds: knows the shop's address and keeps its cookie. Not thread-safe. */
final class Browser {

    private static final int TIMEOUT_MS = 10_000;

    private final String shop;
    private @Nullable String cookie;

    private boolean asked;

    Browser(String shop) {
        this.shop = shop;
    }

    /** Looks at a page and returns the status. */
    int get(String path) throws IOException {
        return send("GET", path);
    }

    /** Presses a button, follows where it leads, and returns the status of what is there. */
    int post(String path) throws IOException {
        return send("POST", path);
    }

    /** Returns whether the last page has a question. */
    boolean isAsked() {
        return asked;
    }

    private int send(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(shop + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        if (cookie != null) {
            connection.setRequestProperty("Cookie", cookie);
        }
        int status = connection.getResponseCode();
        String newCookie = connection.getHeaderField("Set-Cookie");
        if (newCookie != null) {
            cookie = newCookie.substring(0, (newCookie + ';').indexOf(';'));
        }
        try (InputStream body = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            asked = body != null && new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("\"/answer\"");
        }
        String location = connection.getHeaderField("Location");
        return location == null ? status : send("GET", URI.create(location).getPath());
    }
}
