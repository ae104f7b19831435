package dev.touchstone.servlet.tests;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The application's own filter: sees whether each dispatch comes to it, and comes once. */
final class Probe implements Filter {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    /** Returns what was dispatched since the last time, such as {@code REQUEST /orders/7}. */
    static List<String> take() {
        List<String> seen = List.copyOf(SEEN);
        SEEN.clear();
        return seen;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SEEN.add(request.getDispatcherType() + " " + ((HttpServletRequest) request).getRequestURI());
        chain.doFilter(request, response);
    }
}
