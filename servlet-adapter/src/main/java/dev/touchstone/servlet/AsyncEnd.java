package dev.touchstone.servlet;

import dev.touchstone.http.RequestRecording;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Reports what a server says of asynchronous work to the recording of its request, and its end to who ends the recording. */
public final class AsyncEnd implements AsyncListener {

    private final RequestRecording<?> recording;
    private final Runnable end;

    private AsyncEnd(RequestRecording<?> recording, Runnable end) {
        this.recording = recording;
        this.end = end;
    }

    /**
     * Listens to the asynchronous work of a request, which was started.
     *
     * @param end runs when the work is complete; it may not throw
     * @return false if the work is over already, so that nothing will be reported
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

    /** What a timeout is answered with decides, as with any other answer. */
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
