package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** The path of a request as decoded by the container, without the context path. */
public final class RequestPath {

    private RequestPath() {}

    /** Returns the path, starting with a slash. */
    public static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        if (request.getRequestURI().endsWith("/") && !path.endsWith("/")) {
            // a folder, whose welcome file the container has already found
            path = path.substring(0, path.lastIndexOf('/') + 1);
        }
        return path.startsWith("/") ? path : "/" + path;
    }
}
