package dev.touchstone.spring;

import dev.touchstone.Scope;
import dev.touchstone.Touchstone;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.servlet.AsyncEnd;
import dev.touchstone.servlet.Recyclable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Follows the recording of a request through the dispatches of Spring MVC, and through asynchronous work that ends
 * without a further dispatch. Its state changes on one thread at a time, as the state of the request does.
 */
final class MvcRecording {

    private static final String ATTRIBUTE = MvcRecording.class.getName();

    private final RequestRecording<HttpServletRequest> recording;
    private final Touchstone touchstone;
    private final RequestSpan<HttpServletRequest> span;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicBoolean followed = new AtomicBoolean();
    private final AtomicInteger depth = new AtomicInteger(1);
    private volatile String touchpoint;
    /** Whether filters call {@link #left} at the end of the current dispatch. */
    private volatile boolean filtered;
    /** The exception with which the handler left the current dispatch. */
    private volatile @Nullable Throwable unhandled;

    private volatile @Nullable Scope onThread;

    private MvcRecording(
            RequestRecording<HttpServletRequest> recording,
            String touchpoint,
            Touchstone touchstone,
            RequestSpan<HttpServletRequest> span,
            HttpServletRequest request,
            HttpServletResponse response,
            boolean filtered) {
        this.recording = recording;
        this.touchpoint = touchpoint;
        this.touchstone = touchstone;
        this.span = span;
        this.request = request;
        this.response = response;
        this.filtered = filtered;
    }

    /**
     * Starts to follow a recording.
     *
     * @param touchpoint the touchpoint; a declared one is not replaced
     * @param filtered whether filters call {@link #left} at the end of the first dispatch
     */
    static void begin(
            RequestRecording<HttpServletRequest> recording,
            String touchpoint,
            Touchstone touchstone,
            RequestSpan<HttpServletRequest> span,
            HttpServletRequest request,
            HttpServletResponse response,
            boolean filtered) {
        MvcRecording begun = new MvcRecording(recording, touchpoint, touchstone, span, request, response, filtered);
        recording.whenDisconnected(begun::broken);
        request.setAttribute(ATTRIBUTE, begun);
        request.setAttribute(RequestRecording.INTERACTION, recording.interaction());
        begun.enterThread();
        WebAsyncUtils.getAsyncManager(request).registerCallableInterceptor(ATTRIBUTE, new CallableScope(begun));
    }

    static @Nullable MvcRecording of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof MvcRecording running ? running : null;
    }

    /** Returns whether the touchpoint is declared. */
    boolean isDeclared() {
        return TouchpointName.isDeclarable(touchpoint);
    }

    /** The request was forwarded to a declared touchpoint, which replaces an undeclared one. */
    void declare(String declared) {
        touchpoint = declared;
        recording.interaction().touchpoint(declared);
    }

    /** Puts events recorded on this thread inside the request. */
    private void enterThread() {
        onThread = touchstone.scope(recording.interaction());
    }

    private void leaveThread() {
        Scope scope = onThread;
        if (scope != null) {
            onThread = null;
            scope.close();
        }
    }

    /** Reports a further dispatch: after asynchronous work, or inside another dispatch. */
    void enter(HttpServletRequest dispatched) {
        if (dispatched.getDispatcherType() != DispatcherType.ASYNC) {
            depth.incrementAndGet();
            return;
        }
        depth.set(1);
        filtered = false;
        unhandled = null;
        recording.resume();
        enterThread();
        if (WebAsyncUtils.getAsyncManager(dispatched).getConcurrentResult() instanceof Throwable failure) {
            recording.handled(failure);
        }
    }

    /** Reports a form that is shown again because its input was refused. */
    void invalidInput() {
        recording.invalidInput();
    }

    /** Reports that Spring MVC continues the request on another thread and dispatches it again with the result. */
    void suspend() {
        recording.resolveCustomer();
        follow();
    }

    /**
     * Reports the end of a dispatch.
     *
     * @param thrown the exception that ended it; null if it returned, or the exception was handled
     */
    void leave(@Nullable Throwable thrown) {
        if (depth.decrementAndGet() > 0) {
            return; // inside another dispatch that continues
        }
        leaveThread();
        if (recording.isSettled()) {
            return;
        }
        recording.resolveCustomer();
        if (thrown == null && request.isAsyncStarted()) {
            follow(); // the controller itself started asynchronous work
        } else {
            if (unhandled == null) {
                unhandled = thrown;
            }
            if (!filtered) {
                left(thrown);
            }
        }
    }

    /**
     * Reports that the first dispatch left a filter, which may have changed the response. Has no effect if the
     * request continues asynchronously.
     *
     * @param thrown the exception with which it left; null if it returned
     */
    void left(@Nullable Throwable thrown) {
        if (thrown != null) {
            Throwable first = unhandled; // before a servlet wrapped it
            recording.fail(first == null ? thrown : first);
            finish();
        } else if (!recording.isSuspended()) {
            finish();
        }
    }

    private void follow() {
        leaveThread();
        span.suspend(request, touchpoint, recording.interaction().channel());
        recording.suspend();
        if (followed.compareAndSet(false, true) && !AsyncEnd.follow(request, recording, this::finish)) {
            followed.set(false); // the last dispatch finishes it
        }
        broken(); // possibly before it was suspended
    }

    /** Reports a failed write. Servers may not report the end of asynchronous work that can no longer complete. */
    private void broken() {
        if (recording.isSuspended() && recording.isDisconnected()) {
            finish();
        }
    }

    private void finish() {
        if (recording.isSettled()) {
            return;
        }
        if (Recyclable.attribute(request, DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof Throwable handled) {
            recording.handled(handled);
        }
        if (!isDeclared()) {
            recording.undeclared();
        }
        if (recording.settle(response::getStatus)) {
            span.record(request, recording::close);
        }
    }

    /** Runs the controller's Callable inside the request. */
    private static final class CallableScope implements CallableProcessingInterceptor {

        private final MvcRecording running;
        private volatile @Nullable Scope scope;

        CallableScope(MvcRecording running) {
            this.running = running;
        }

        @Override
        public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
            scope = running.touchstone.scope(running.recording.interaction());
        }

        @Override
        public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
            Scope opened = scope;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
