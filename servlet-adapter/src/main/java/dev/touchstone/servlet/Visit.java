package dev.touchstone.servlet;

import dev.touchstone.Interaction;
import dev.touchstone.http.FinishedRequest;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An interaction with the request that it is. It follows the request through its dispatches and, should asynchronous
 * work end without a last one, is told so by the container. Its state changes on one thread at a time, as the request's
 * does; it is finished once.
 */
final class Visit implements AsyncListener {

    private static final String ATTRIBUTE = Visit.class.getName();

    private final Interaction interaction;
    private final Resolvers resolvers;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicBoolean followed = new AtomicBoolean();
    private volatile boolean suspended;
    private volatile boolean consentAsked;
    private volatile boolean aborted;
    private volatile @Nullable Throwable failure;

    private Visit(
            Interaction interaction, Resolvers resolvers, HttpServletRequest request, HttpServletResponse response) {
        this.interaction = interaction;
        this.resolvers = resolvers;
        this.request = request;
        this.response = response;
    }

    static Visit begin(
            Interaction interaction, Resolvers resolvers, HttpServletRequest request, HttpServletResponse response) {
        interaction.channel(resolvers.channels(), request).presume(resolvers.customers(), request);
        Visit visit = new Visit(interaction, resolvers, request, response);
        request.setAttribute(ATTRIBUTE, visit);
        request.setAttribute(TouchstoneFilter.INTERACTION, interaction);
        return visit;
    }

    /** Returns the visit that is not over yet; null if there is none. */
    static @Nullable Visit running(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Visit visit && !visit.finished.get() ? visit : null;
    }

    /** The request is dispatched once more. Returns whether nobody else has taken notice of that. */
    boolean resume() {
        boolean first = suspended;
        suspended = false;
        return first;
    }

    /**
     * A dispatch ended.
     *
     * @param returned whether the application returned from it
     * @param thrown what it threw; null if it threw nothing, or something that servlets may not throw
     */
    void leave(boolean returned, @Nullable Throwable thrown) {
        interaction.presume(resolvers.customers(), request);
        if (!consentAsked) {
            consentAsked = true; // now that security has found out who it is
            interaction.consent(resolvers.consent(), request);
        }
        if (returned && request.isAsyncStarted()) {
            suspend();
        } else {
            failure = thrown;
            finish(!returned);
        }
    }

    private void suspend() {
        suspended = true;
        if (followed.compareAndSet(false, true)) {
            try {
                request.getAsyncContext().addListener(this);
            } catch (IllegalStateException e) {
                finish(false); // over already, so nobody will tell
            }
        }
    }

    private void finish(boolean threw) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        interaction.settle(visit -> resolvers.outcomes().classify(visit.facts(threw)), this);
        interaction.settle(
                visit -> OutcomeClassifier.<HttpServletRequest>standard().classify(visit.facts(threw)), this);
        interaction.close();
    }

    private FinishedRequest<HttpServletRequest> facts(boolean threw) {
        Throwable unhandled = failure != null
                ? failure
                : request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable reported
                        ? reported
                        : null;
        int status = response.getStatus();
        // nobody has turned the exception into a response yet
        int told = (threw || unhandled != null) && status < HttpServletResponse.SC_BAD_REQUEST
                ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                : status;
        boolean gone = aborted || (unhandled != null && Aborts.isAbort(unhandled));
        return new FinishedRequest<>(request, told, Optional.ofNullable(unhandled), gone);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        finish(false);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        aborted = true;
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable reported = event.getThrowable();
        failure = reported;
        // between dispatches nothing of the application can throw to the container: the connection broke
        aborted = aborted || (suspended && reported instanceof IOException);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
