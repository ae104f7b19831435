package dev.touchstone.spring;

import dev.touchstone.event.Channel;
import dev.touchstone.servlet.Recyclable;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stores the server's span of a request, before Spring Security and others start their own inside it. Leaves request
 * and response unchanged. Thread-safe.
 */
final class ServerSpanFilter extends OncePerRequestFilter implements Ordered, RequestSpan<HttpServletRequest> {

    private static final String ATTRIBUTE = ServerSpanFilter.class.getName();
    /** Directly inside the filter with which Spring starts that span. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Context context = Context.current();
        if (Span.fromContext(context).getSpanContext().isValid()) {
            request.setAttribute(ATTRIBUTE, context);
        }
        Throwable thrown = null;
        try {
            chain.doFilter(request, response);
        } catch (Throwable e) { // also rethrows an undeclared checked exception
            thrown = e;
            throw e;
        } finally {
            MvcRequest begun = MvcRequest.of(request);
            if (begun != null && request.getAttribute(ATTRIBUTE) != null) {
                begun.left(thrown); // while the span is open; it may end further out
            }
        }
    }

    @Override
    @SuppressWarnings("try") // the scope is used only by closing it
    public void record(HttpServletRequest request, Runnable recording) {
        if (Recyclable.attribute(request, ATTRIBUTE) instanceof Context context) {
            try (Scope scope = context.makeCurrent()) {
                recording.run();
            }
        } else {
            recording.run();
        }
    }

    @Override
    @SuppressWarnings("try") // the scope is used only by closing it
    public void suspend(HttpServletRequest request, String touchpoint, Optional<Channel> channel) {
        if (Recyclable.attribute(request, ATTRIBUTE) instanceof Context context) {
            try (Scope scope = context.makeCurrent()) {
                TouchstoneTelemetry.describeSpan(touchpoint, channel);
            }
        }
    }
}
