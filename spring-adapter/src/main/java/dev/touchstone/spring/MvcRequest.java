package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.servlet.AsyncEnd;
import dev.touchstone.servlet.Credentials;
import dev.touchstone.servlet.Recyclable;
import dev.touchstone.servlet.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * A request as observed outside the application's filters. {@link MvcRecording} follows it if it reaches a recorded
 * handler. Otherwise, if it was refused or answered by a filter, this class records it. Its state changes on one
 * thread at a time, as the state of the request does.
 */
final class MvcRequest {

    private static final String ATTRIBUTE = MvcRequest.class.getName();
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final RequestRecording<HttpServletRequest> recording;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RefusedEndpoints endpoints;
    private final RequestSpan<HttpServletRequest> span;
    private final Refusals refusals;
    private volatile boolean inside = true;
    private volatile boolean ended;

    MvcRequest(
            RequestRecording<HttpServletRequest> recording,
            HttpServletRequest request,
            HttpServletResponse response,
            RefusedEndpoints endpoints,
            RequestSpan<HttpServletRequest> span,
            Refusals refusals) {
        this.recording = recording;
        this.request = request;
        this.response = response;
        this.endpoints = endpoints;
        this.span = span;
        this.refusals = refusals;
    }

    static @Nullable MvcRequest of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof MvcRequest begun ? begun : null;
    }

    void begin() {
        request.setAttribute(ATTRIBUTE, this);
    }

    RequestRecording<HttpServletRequest> recording() {
        return recording;
    }

    /**
     * Reports that the first dispatch left a filter.
     *
     * @param thrown the exception with which it left; null if it returned
     */
    void left(@Nullable Throwable thrown) {
        MvcRecording running = MvcRecording.of(request);
        if (running != null) {
            running.left(thrown);
        } else if (thrown != null || !request.isAsyncStarted()) {
            end(thrown);
        }
    }

    /** Returns whether filters still observe the first dispatch. */
    boolean isInside() {
        return inside;
    }

    /**
     * Reports that the first dispatch left all filters. If one of them started asynchronous work, the request ends
     * later.
     */
    void leftAll(@Nullable Throwable thrown) {
        inside = false;
        left(thrown);
        if (thrown == null
                && MvcRecording.of(request) == null
                && request.isAsyncStarted()
                && !AsyncEnd.follow(request, recording, () -> end(null))) {
            end(null);
        }
    }

    /**
     * Ends a request that reached no recorded handler. It is an event if it was refused, or if a filter answered it
     * at a declared touchpoint.
     */
    private void end(@Nullable Throwable thrown) {
        int answered = Recyclable.status(response);
        int status = thrown != null && answered < CLIENT_ERROR ? SERVER_ERROR : answered;
        if (ended || isRecordedElsewhere() || (status < CLIENT_ERROR && !isAnsweredByFilter(status))) {
            return;
        }
        String touchpoint = endpoints
                .touchpoint(request.getMethod(), () -> RequestPath.of(request), this::parsed)
                .orElse(null);
        if (touchpoint == null || (status < CLIENT_ERROR && !TouchpointName.isDeclarable(touchpoint))) {
            return;
        }
        ended = true;
        boolean challenge = Refusals.isChallenge(status, Credentials.carried(request));
        if (status >= CLIENT_ERROR) {
            refusals.count(touchpoint, status, challenge);
        }
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

    /** A redirect does not count as an answer: it may lead to a login. */
    private boolean isAnsweredByFilter(int status) {
        return !inside
                && status >= OK
                && status < REDIRECT
                && Recyclable.attribute(request, HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) == null;
    }

    private boolean isRecordedElsewhere() {
        return Recyclable.attribute(request, RequestRecording.INTERACTION) instanceof Interaction;
    }

    private PathContainer parsed() {
        try {
            return ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}
