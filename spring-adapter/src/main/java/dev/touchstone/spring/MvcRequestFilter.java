package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import dev.touchstone.servlet.ObservedRequest;
import dev.touchstone.servlet.ObservedResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Begins the recording of a request outside all other filters, so that duration and outcome are those that the
 * customer sees. {@link TouchpointInterceptor} continues it if the request reaches its handler. Otherwise, if the
 * response is an error, {@link MvcRequest} records the refusal. Wraps request and response to observe the first byte
 * of the body. Thread-safe.
 */
final class MvcRequestFilter implements Filter {

    private final Touchstone touchstone;
    private final RefusedEndpoints endpoints;
    private final RequestResolvers<HttpServletRequest> resolvers;
    private final RequestSpan<HttpServletRequest> span;
    private final Visitors visitors;
    private final Refusals refusals;

    MvcRequestFilter(
            Touchstone touchstone,
            RefusedEndpoints endpoints,
            RequestResolvers<HttpServletRequest> resolvers,
            RequestSpan<HttpServletRequest> span,
            Visitors visitors,
            Refusals refusals) {
        this.touchstone = touchstone;
        this.endpoints = endpoints;
        this.resolvers = resolvers;
        this.span = span;
        this.visitors = visitors;
        this.refusals = refusals;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && MvcRequest.of(http) == null
                && !(http.getAttribute(RequestRecording.INTERACTION) instanceof Interaction)
                && visitors.isCustomer(http.getMethod(), http.getHeader("User-Agent"))) {
            record(http, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void record(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestRecording<HttpServletRequest> recording =
                new RequestRecording<>(touchstone.begin(null), request, resolvers);
        MvcRequest begun = new MvcRequest(recording, request, response, endpoints, span, refusals);
        begun.begin();
        ObservedResponse observed = new ObservedResponse(response, recording);
        Throwable thrown = null;
        try {
            chain.doFilter(new ObservedRequest(request, observed), observed);
        } catch (Throwable e) { // also rethrows an undeclared checked exception
            thrown = e;
            throw e;
        } finally {
            begun.leftAll(thrown);
        }
    }
}
