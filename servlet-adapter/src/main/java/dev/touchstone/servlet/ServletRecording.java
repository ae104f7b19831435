package dev.touchstone.servlet;

import dev.touchstone.Interaction;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Follows the recording of a request through its dispatches, and through asynchronous work that ends without a
 * further dispatch. Its state changes on one thread at a time, as the state of the request does.
 */
final class ServletRecording {

    private static final String ATTRIBUTE = ServletRecording.class.getName();

    private static final int UNAUTHORIZED = 401;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final RequestRecording<HttpServletRequest> recording;
    private final ServletEndpoint endpoint;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicBoolean followed = new AtomicBoolean();

    private ServletRecording(
            RequestRecording<HttpServletRequest> recording,
            ServletEndpoint endpoint,
            HttpServletRequest request,
            HttpServletResponse response) {
        this.recording = recording;
        this.endpoint = endpoint;
        this.request = request;
        this.response = response;
    }

    static ServletRecording begin(
            Interaction interaction,
            ServletEndpoint endpoint,
            RequestResolvers<HttpServletRequest> resolvers,
            HttpServletRequest request,
            HttpServletResponse response) {
        ServletRecording begun = new ServletRecording(
                new RequestRecording<>(interaction, request, resolvers), endpoint, request, response);
        begun.recording.whenDisconnected(begun::broken);
        begun.recording.begin();
        request.setAttribute(ATTRIBUTE, begun);
        request.setAttribute(RequestRecording.INTERACTION, interaction);
        return begun;
    }

    /** Returns the response that reports to the recording when the customer has the answer. */
    ObservedResponse observed() {
        return new ObservedResponse(response, recording);
    }

    /** Reports a failed write. Servers may not report the end of asynchronous work that can no longer complete. */
    private void broken() {
        if (recording.isSuspended() && recording.isDisconnected()) {
            finish();
        }
    }

    /** Returns the recording of a request that has not ended; null if there is none. */
    static @Nullable ServletRecording running(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ServletRecording running && !running.recording.isSettled()
                ? running
                : null;
    }

    /** Continues in a further dispatch. Returns false if an outer filter has done so. */
    boolean resume() {
        return recording.resume();
    }

    /**
     * Reports the end of a dispatch.
     *
     * @param thrown the exception that ended it; null if it returned
     */
    void leave(@Nullable Throwable thrown) {
        recording.resolveCustomer();
        recording.resolveConsent(); // the request is authenticated only now
        if (thrown == null && request.isAsyncStarted()) {
            suspend();
            return;
        }
        if (thrown != null) {
            recording.fail(thrown);
        }
        finish();
    }

    private void suspend() {
        recording.suspend();
        if (followed.compareAndSet(false, true) && !AsyncEnd.follow(request, recording, this::finish)) {
            finish();
        }
        broken(); // possibly before it was suspended
    }

    private void finish() {
        if (recording.isSettled()) {
            return;
        }
        if (Recyclable.attribute(request, RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable reported) {
            recording.fail(reported);
        }
        int status = Recyclable.status(response); // settling reads the status again, guarded
        if (status == UNAUTHORIZED && isChallenge(status)) {
            if (recording.discard()) {
                endpoint.refused(status, true);
            }
            return;
        }
        endpoint.complete(recording.interaction(), status == METHOD_NOT_ALLOWED);
        if (recording.settle(response::getStatus)) {
            recording.close();
        }
    }

    /** Returns whether a container or filter asked a client without credentials to log in. */
    private boolean isChallenge(int status) {
        return Refusals.isChallenge(status, Credentials.carried(request))
                && !recording.interaction().isSettled();
    }
}
