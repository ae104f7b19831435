package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import dev.touchstone.servlet.Credentials;
import dev.touchstone.servlet.ObservedRequest;
import dev.touchstone.servlet.ObservedResponse;
import dev.touchstone.servlet.RequestPath;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Begins the recording of a request outside of all other filters, so that the duration is the customer's. {@link
 * TouchpointInterceptor} continues it if the request reaches its handler. If it does not, and the answer is an error, this
 * filter finds the touchpoint and records the refusal. Request and response are passed on so that they show when the first
 * byte of the body goes out. Thread-safe.
 */
final class MvcRequestFilter implements Filter {

    private static final String ATTRIBUTE = MvcRequestFilter.class.getName();
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

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

    /** Returns the recording that a filter began and no handler took over yet; null if there is none. */
    @SuppressWarnings("unchecked") // nothing else has this attribute
    static @Nullable RequestRecording<HttpServletRequest> begun(HttpServletRequest request) {
        return (RequestRecording<HttpServletRequest>) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && http.getAttribute(ATTRIBUTE) == null
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
        request.setAttribute(ATTRIBUTE, recording);
        ObservedResponse observed = new ObservedResponse(response, recording);
        Throwable thrown = null;
        try {
            chain.doFilter(new ObservedRequest(request, observed), observed);
        } catch (Throwable e) { // also a checked exception that no compiler saw
            thrown = e;
            throw e;
        } finally {
            if (MvcRecording.of(request) == null && (thrown != null || !request.isAsyncStarted())) {
                leave(recording, request, response, thrown);
            }
        }
    }

    /** The request ended without having reached a handler that is recorded. */
    private void leave(
            RequestRecording<HttpServletRequest> recording,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Throwable thrown) {
        int answered = status(response);
        int status = thrown != null && answered < CLIENT_ERROR ? SERVER_ERROR : answered;
        if (status < CLIENT_ERROR) {
            return;
        }
        String touchpoint = endpoints
                .touchpoint(request.getMethod(), () -> RequestPath.of(request), () -> parsed(request))
                .orElse(null);
        if (touchpoint == null) {
            return;
        }
        boolean challenge = Refusals.isChallenge(status, Credentials.carried(request));
        refusals.count(touchpoint, status, challenge);
        if (challenge) {
            return;
        }
        recording.interaction().touchpoint(touchpoint);
        recording.begin();
        recording.resolveConsent();
        if (!TouchpointName.isDeclarable(touchpoint)) {
            recording.undeclared();
        }
        recording.fail(thrown);
        if (recording.settle(() -> status)) {
            span.record(request, recording::close);
        }
    }

    private static int status(HttpServletResponse response) {
        try {
            return response.getStatus();
        } catch (RuntimeException e) {
            return 0; // a server may refuse it when the connection is gone
        }
    }

    private static PathContainer parsed(HttpServletRequest request) {
        try {
            return ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}
