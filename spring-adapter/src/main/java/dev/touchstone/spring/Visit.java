package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.Touchstone;
import dev.touchstone.http.FinishedRequest;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * An interaction with the request that it is. It follows the request through its dispatches and, should asynchronous
 * work end without a last one, is told so by the container. Its state changes on one thread at a time, as the request's
 * does; it is finished once.
 */
final class Visit implements AsyncListener {

    /** The name under which the interaction of a request stands in it, whoever began it. */
    static final String INTERACTION = "dev.touchstone.interaction";

    private static final String ATTRIBUTE = Visit.class.getName();
    private static final int MOST_CAUSES = 20;

    private final Interaction interaction;
    private final Touchstone touchstone;
    private final OutcomeClassifier<HttpServletRequest> outcomes;
    private final RequestSpan<HttpServletRequest> span;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicBoolean followed = new AtomicBoolean();
    private final AtomicInteger depth = new AtomicInteger(1);
    private volatile boolean declared;
    private volatile boolean suspended;
    private volatile boolean dispatchFollows;
    private volatile boolean timedOut;
    private volatile boolean aborted;
    private volatile @Nullable Scope onThread;
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable HttpServletRequest request;
    private volatile @Nullable HttpServletResponse response;

    private Visit(
            Interaction interaction,
            boolean declared,
            Touchstone touchstone,
            OutcomeClassifier<HttpServletRequest> outcomes,
            RequestSpan<HttpServletRequest> span) {
        this.interaction = interaction;
        this.declared = declared;
        this.touchstone = touchstone;
        this.outcomes = outcomes;
        this.span = span;
    }

    /**
     * Begins one.
     *
     * @param declared whether somebody declared the touchpoint, so that no other one may take its place
     */
    static void begin(
            Interaction interaction,
            boolean declared,
            Touchstone touchstone,
            OutcomeClassifier<HttpServletRequest> outcomes,
            RequestSpan<HttpServletRequest> span,
            HttpServletRequest request) {
        Visit visit = new Visit(interaction, declared, touchstone, outcomes, span);
        request.setAttribute(ATTRIBUTE, visit);
        request.setAttribute(INTERACTION, interaction);
        visit.enterThread();
        WebAsyncUtils.getAsyncManager(request).registerCallableInterceptor(ATTRIBUTE, new CallableScope(visit));
    }

    /** Returns whether somebody else, such as a servlet filter, records the request. */
    static boolean isElsewhere(HttpServletRequest request) {
        return request.getAttribute(INTERACTION) instanceof Interaction;
    }

    /** Returns whether the touchpoint is declared. */
    boolean isDeclared() {
        return declared;
    }

    /** The request came, by a forward, to a touchpoint that is declared, which is what it is about. */
    void declare(String touchpoint) {
        declared = true;
        interaction.touchpoint(touchpoint);
    }

    /** What is recorded on this thread from now on happens inside the request. */
    private void enterThread() {
        onThread = touchstone.scope(interaction);
    }

    /** The request is done with this thread. */
    void leaveThread() {
        Scope scope = onThread;
        if (scope != null) {
            onThread = null;
            scope.close();
        }
    }

    static @Nullable Visit of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Visit visit ? visit : null;
    }

    Interaction interaction() {
        return interaction;
    }

    boolean isFinished() {
        return finished.get();
    }

    /** The request was dispatched once more: again, after asynchronous work, or inside another dispatch. */
    void dispatched(HttpServletRequest dispatched) {
        if (dispatched.getDispatcherType() == DispatcherType.ASYNC) {
            depth.set(1);
            suspended = false;
            enterThread();
            Object result = WebAsyncUtils.getAsyncManager(dispatched).getConcurrentResult();
            aborted = aborted || (result instanceof Throwable failure && (timedOut || isAbort(failure)));
        } else {
            depth.incrementAndGet();
        }
    }

    /** A dispatch ended. Returns whether it lay inside another one that is still going on. */
    boolean isInside() {
        return depth.decrementAndGet() > 0;
    }

    /**
     * The request goes on after this dispatch, on some other thread.
     *
     * @param dispatches whether another dispatch follows in any case, as it does when Spring MVC leads it
     */
    void suspend(HttpServletRequest itsRequest, HttpServletResponse itsResponse, boolean dispatches) {
        dispatchFollows = dispatches;
        request = itsRequest;
        response = itsResponse;
        leaveThread();
        suspended = true;
        if (followed.compareAndSet(false, true)) {
            try {
                itsRequest.getAsyncContext().addListener(this);
            } catch (IllegalStateException e) {
                followed.set(false); // over already: the last dispatch finishes it
            }
        }
    }

    /** Settles, unless the controller did, and records. */
    void finish(HttpServletRequest finishing, HttpServletResponse itsResponse, @Nullable Throwable unhandled) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        boolean gone = aborted
                || (unhandled != null && isAbort(unhandled))
                || (finishing.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof Throwable handled
                        && isAbort(handled));
        int status = itsResponse.getStatus();
        // nobody has turned the exception into a response yet
        int told = unhandled != null && status < HttpServletResponse.SC_BAD_REQUEST
                ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                : status;
        FinishedRequest<HttpServletRequest> facts =
                new FinishedRequest<>(finishing, told, Optional.ofNullable(unhandled), gone);
        interaction.settle(outcomes::classify, facts);
        interaction.settle(OutcomeClassifier.<HttpServletRequest>standard()::classify, facts);
        span.record(finishing, interaction::close);
    }

    /** What Spring MVC runs on another thread happens inside the request too. */
    private static final class CallableScope implements CallableProcessingInterceptor {

        private final Visit visit;
        private volatile @Nullable Scope scope;

        CallableScope(Visit visit) {
            this.visit = visit;
        }

        @Override
        public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
            scope = visit.touchstone.scope(visit.interaction);
        }

        @Override
        public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
            Scope opened = scope;
            if (opened != null) {
                opened.close();
            }
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        HttpServletRequest lastRequest = request;
        HttpServletResponse lastResponse = response;
        if (lastRequest != null && lastResponse != null) {
            finish(lastRequest, lastResponse, thrown);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        timedOut = true;
        // Spring MVC dispatches once more, with a failure or with what the application has to say in this case
        aborted = aborted || !dispatchFollows;
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable failure = event.getThrowable();
        thrown = failure;
        // between dispatches nothing of the application can throw to the container: the connection broke
        aborted = aborted || (suspended && failure instanceof IOException) || (failure != null && isAbort(failure));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    /**
     * Returns whether this says that nobody waits for the response any more: the connection broke while it was written,
     * which Spring MVC and the containers say by exceptions of their own, or the time for asynchronous work was up.
     */
    private static boolean isAbort(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            String name = cause.getClass().getSimpleName();
            if (cause instanceof AsyncRequestNotUsableException
                    || cause instanceof AsyncRequestTimeoutException
                    || name.equals("ClientAbortException")
                    || name.equals("EofException")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
