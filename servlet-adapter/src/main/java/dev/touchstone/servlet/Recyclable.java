package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Reads requests and responses that their server may have recycled: after a disconnect it may refuse every call. */
public final class Recyclable {

    private Recyclable() {}

    /** Returns the value of an attribute; null if it is absent or the server has recycled the request. */
    public static @Nullable Object attribute(HttpServletRequest request, String name) {
        try {
            return request.getAttribute(name);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Returns the status; 0 if the server has recycled the response. */
    public static int status(HttpServletResponse response) {
        try {
            return response.getStatus();
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
