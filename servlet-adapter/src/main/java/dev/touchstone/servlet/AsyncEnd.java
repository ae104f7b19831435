package dev.touchstone.servlet;

import dev.touchstone.http.RequestRecording;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Reports the events of asynchronous work to the recording of its request, and its completion to a callback. */
public final class AsyncEnd implements AsyncListener {

    private final RequestRecording<?> recording;
    private final Runnable end;

    private AsyncEnd(RequestRecording<?> recording, Runnable end) {
        this.recording = recording;
        this.end = end;
    }

    /**
     * Follows the started asynchronous work of a request.
     *
     * @param end runs when the work is complete; must not throw
     * @return false if the work has ended already, so that nothing will be reported
     */
    public static boolean follow(HttpServletRequest request, RequestRecording<?> recording, Runnable end) {
        try {
            request.getAsyncContext().addListener(new AsyncEnd(recording, end));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end.run();
    }

    /** A timeout counts by its response, as any other answer. */
    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        recording.fail(event.getThrowable());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
