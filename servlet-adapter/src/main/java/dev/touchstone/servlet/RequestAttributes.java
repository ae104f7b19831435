package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Attributes of requests whose container may have recycled them: when the connection is gone, a write may fail after that. */
public final class RequestAttributes {

    private RequestAttributes() {}

    /** Returns the value of an attribute; null if there is none, or the container has recycled the request. */
    public static @Nullable Object of(HttpServletRequest request, String name) {
        try {
            return request.getAttribute(name);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
