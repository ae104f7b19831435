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
 * Follows the recording of a request through the dispatches of Spring MVC, and through asynchronous work that ends without
 * another dispatch. Its state changes on one thread at a time, as the state of the request does.
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
     * Begins to follow a recording.
     *
     * @param touchpoint the touchpoint; if it is declared, no other one replaces it
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

    /** A forward led the request to a declared touchpoint, which is what the request is about. */
    void declare(String declared) {
        touchpoint = declared;
        recording.interaction().touchpoint(declared);
    }

    /** What this thread records from now on happens inside the request. */
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

    /** A further dispatch begins: after asynchronous work, or inside another dispatch. */
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

    /** A form is shown again, because its input was refused. */
    void invalidInput() {
        recording.invalidInput();
    }

    /** Spring MVC continues the request on another thread, and dispatches it once more when the result is there. */
    void suspend() {
        recording.resolveCustomer();
        follow();
    }

    /**
     * A dispatch ended.
     *
     * @param thrown the exception by which it ended; null if it returned, or the exception was handled
     */
    void leave(@Nullable Throwable thrown) {
        if (depth.decrementAndGet() > 0) {
            return; // inside another dispatch, which continues
        }
        leaveThread();
        if (recording.isSettled()) {
            return;
        }
        recording.resolveCustomer();
        if (thrown == null && request.isAsyncStarted()) {
            follow(); // asynchronous by the controller itself
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
     * The first dispatch left a filter, which may have changed the response. Does nothing if the request goes on
     * asynchronously.
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
        broken(); // maybe before it was suspended
    }

    /** A write failed. Of asynchronous work that cannot be completed any more, servers may report no end. */
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

    /** What Spring MVC runs on another thread happens inside the request too. */
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
