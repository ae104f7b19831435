package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What a request asks for, as the container reads it: decoded, without the application's own path. */
final class RequestPath {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private RequestPath() {}

    static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        if (request.getRequestURI().endsWith("/") && !path.endsWith("/")) {
            // a folder, of which the container has already found the welcome file
            path = path.substring(0, path.lastIndexOf('/') + 1);
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    /**
     * Returns the name under which a request without a route is counted: never its path, of which there are as many as
     * strangers care to think of, but the pattern of the servlet that it is mapped to.
     */
    static String pattern(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        String pattern = mapping.getPattern();
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
        return method + " " + (pattern.startsWith("/") ? pattern : "/" + pattern);
    }
}
