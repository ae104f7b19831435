package dev.touchstone.spring;

import dev.touchstone.servlet.TouchstonePage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

/** Passes requests that Spring MVC mapped to the page on to its servlet. Thread-safe. */
final class PageRequestHandler implements HttpRequestHandler {

    private final String path;
    private final TouchstonePage page;

    PageRequestHandler(String path, TouchstonePage page) throws ServletException {
        this.path = path;
        this.page = page;
        page.init();
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        page.service(new MappedToPage(request, path), response);
    }

    /** The request as it would be if the page were a servlet of the container. */
    private static final class MappedToPage extends HttpServletRequestWrapper {

        private final String servletPath;
        private final @Nullable String pathInfo;

        MappedToPage(HttpServletRequest request, String path) {
            super(request);
            String info = request.getPathInfo();
            // the dispatcher servlet is at the root, or at a path before that of the page
            servletPath = info == null ? path : request.getServletPath() + path;
            String rest = (info == null ? request.getServletPath() : info).substring(path.length());
            pathInfo = rest.isEmpty() ? null : rest;
        }

        @Override
        public String getServletPath() {
            return servletPath;
        }

        @Override
        public @Nullable String getPathInfo() {
            return pathInfo;
        }
    }
}
