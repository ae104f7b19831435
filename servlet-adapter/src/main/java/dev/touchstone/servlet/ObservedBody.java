package dev.touchstone.servlet;

import dev.touchstone.http.AnswerStream;
import dev.touchstone.http.RequestRecording;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Finds out when the first byte of a body goes out, and whether the body goes on after that. Bytes go out when somebody
 * flushes, or when the container's buffer is full.
 */
final class ObservedBody {

    private static final String LENGTH = "Content-Length";

    private final HttpServletResponse response;
    private final RequestRecording<?> recording;
    private volatile boolean written;
    private volatile boolean out;
    private volatile boolean flushed;
    private volatile boolean known;

    ObservedBody(HttpServletResponse response, RequestRecording<?> recording) {
        this.response = response;
        this.recording = recording;
    }

    /** Something was written, which may still be in the container's buffer. */
    void written() {
        if (known) {
            return;
        }
        if (out) {
            decide();
        } else {
            written = true;
            if (response.isCommitted()) {
                goOut();
            }
        }
    }

    /** What was written is on its way. */
    void flushed() {
        if (!known && written) {
            flushed = true;
            if (!out) {
                goOut();
            }
            if (!response.containsHeader(LENGTH)) {
                recording.partial();
            }
        }
    }

    private void goOut() {
        out = true;
        recording.firstByte();
        if (AnswerStream.isOfEvents(response.getContentType())) {
            known = true;
            recording.stream();
        }
    }

    /** The body goes on after its first bytes went out. */
    private void decide() {
        if (response.containsHeader(LENGTH)) {
            known = true; // one body
        } else if (flushed || !AnswerStream.isDocument(response.getContentType())) {
            known = true;
            recording.stream();
        } // else it is a document, until somebody flushes in the midst of it
    }
}
