package dev.touchstone.servlet;

import dev.touchstone.http.AnswerStream;
import dev.touchstone.http.RequestRecording;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Finds out when the first byte of a body goes out, whether the body goes on after that, and whether the connection broke.
 * Bytes go out when the application flushes, or when the container's buffer is full.
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

    /** Something is about to be written. A container that compresses the body takes back its length with the first byte. */
    void writing() {
        if (!known && !written) {
            look(() -> sized |= response.containsHeader(LENGTH));
        }
    }

    /** Something was written, which may still be in the container's buffer. */
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

    /** The application hands over what it wrote so far. */
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

    /** What was written is on its way. */
    void flushed() {
        if (written && !out) {
            look(this::goOut);
        }
    }

    /** The application wrote all of it. */
    void closing() {
        closed = true;
    }

    /** Nothing more can be written: the client disconnected, unless the application itself closed the body. */
    void broken() {
        if (!closed) {
            recording.disconnect();
        }
    }

    /** A container may say nothing more of a response that it took back. That is not the application's concern. */
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

    /** The body goes on after its first bytes went out. */
    private void decide() {
        if (hasLength()) {
            known = true; // one body
        } else if (mayBeStream()) {
            known = true;
            recording.stream();
        }
    }

    /** A document is one body until the application flushes in the midst of it. */
    private boolean mayBeStream() {
        return !hasLength() && (flushed || !AnswerStream.isDocument(response.getContentType()));
    }

    private boolean hasLength() {
        return sized || response.containsHeader(LENGTH);
    }
}
