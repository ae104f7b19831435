package dev.touchstone.servlet;

import dev.touchstone.http.AnswerStream;
import dev.touchstone.http.RequestRecording;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Detects the first byte of a body, whether the body continues after it, and a broken connection. Bytes are sent
 * when the application flushes, or when the container's buffer is full.
 */
final class ObservedBody {

    private static final String LENGTH = "Content-Length";

    private final HttpServletResponse response;
    private final RequestRecording<?> recording;
    private volatile boolean sized;
    private volatile boolean written;
    private volatile boolean out;
    private volatile boolean flushed;
    private volatile boolean closed;
    private volatile boolean known;

    ObservedBody(HttpServletResponse response, RequestRecording<?> recording) {
        this.response = response;
        this.recording = recording;
    }

    /** Called before a write. A container that compresses the body removes its length with the first byte. */
    void writing() {
        if (!known && !written) {
            look(() -> sized |= response.containsHeader(LENGTH));
        }
    }

    /** Called after a write, which may still be in the container's buffer. */
    void written() {
        if (!known) {
            look(() -> {
                if (out) {
                    decide();
                } else {
                    written = true;
                    if (response.isCommitted()) {
                        goOut();
                    }
                }
            });
        }
    }

    /** Called before the application flushes. */
    void flushing() {
        if (written && !known) {
            look(() -> {
                flushed = true;
                if (out && mayBeStream()) {
                    recording.partial();
                }
            });
        }
    }

    /** Called after a flush: the written bytes are sent. */
    void flushed() {
        if (written && !out) {
            look(this::goOut);
        }
    }

    /** Called when the application closes the body. */
    void closing() {
        closed = true;
    }

    /** Called when a write fails: the client disconnected, unless the application closed the body. */
    void broken() {
        if (!closed) {
            recording.disconnect();
        }
    }

    /** Runs an observation. A recycled response may refuse it; the application must not see that exception. */
    private void look(Runnable observation) {
        try {
            observation.run();
        } catch (RuntimeException e) {
            known = true;
        }
    }

    private void goOut() {
        out = true;
        recording.firstByte(response.getStatus());
        if (AnswerStream.isOfEvents(response.getContentType())) {
            known = true;
            recording.stream();
        } else if (mayBeStream()) {
            recording.partial();
        }
    }

    /** Called when the body continues after its first bytes. */
    private void decide() {
        if (hasLength()) {
            known = true; // one body
        } else if (mayBeStream()) {
            known = true;
            recording.stream();
        }
    }

    /** A document is one body until the application flushes before its end. */
    private boolean mayBeStream() {
        return !hasLength() && (flushed || !AnswerStream.isDocument(response.getContentType()));
    }

    private boolean hasLength() {
        return sized || response.containsHeader(LENGTH);
    }
}
