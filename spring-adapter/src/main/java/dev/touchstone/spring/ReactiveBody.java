package dev.touchstone.spring;

import dev.touchstone.http.AnswerStream;
import dev.touchstone.http.RequestRecording;
import java.util.function.IntSupplier;
import org.springframework.http.HttpHeaders;

/** Detects the first byte of a body handed to the server, and whether the body continues after it. */
final class ReactiveBody {

    private final HttpHeaders headers;
    private final IntSupplier status;
    private final RequestRecording<?> recording;
    private volatile boolean out;
    private volatile boolean known;

    ReactiveBody(HttpHeaders headers, IntSupplier status, RequestRecording<?> recording) {
        this.headers = headers;
        this.status = status;
        this.recording = recording;
    }

    /**
     * Reports that a part of the body was handed to the server.
     *
     * @param flushed whether the application flushes after each part
     */
    void written(boolean flushed) {
        if (known) {
            return;
        }
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        boolean first = !out;
        if (first) {
            out = true;
            recording.firstByte(status.getAsInt());
        }
        if (headers.getContentLength() >= 0) {
            known = true; // one body
        } else if (AnswerStream.isOfEvents(type)) {
            known = true;
            recording.stream();
        } else if (flushed || !AnswerStream.isDocument(type)) {
            if (first) {
                recording.partial();
            } else {
                known = true;
                recording.stream();
            }
        }
    }
}
