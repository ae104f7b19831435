package dev.touchstone.servlet;

import dev.touchstone.http.RequestRecording;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that reports to the recording of its request when the first byte of the body is sent, whether it is a
 * stream, and when it becomes an error. Leaves the written data unchanged. As thread-safe as the response.
 */
public final class ObservedResponse extends HttpServletResponseWrapper {

    private static final int CLIENT_ERROR = 400;

    private final ObservedBody body;
    private final RequestRecording<?> recording;
    private @Nullable ServletOutputStream output;
    private @Nullable PrintWriter writer;

    /** Creates one. */
    public ObservedResponse(HttpServletResponse response, RequestRecording<?> recording) {
        super(response);
        this.body = new ObservedBody(response, recording);
        this.recording = recording;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream plain = super.getOutputStream();
        if (output == null) {
            output = new ObservedOutputStream(plain, body);
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter plain = super.getWriter();
        if (writer == null) {
            writer = new ObservedWriter(plain, body);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        body.flushing();
        super.flushBuffer();
        body.flushed();
    }

    @Override
    public void reset() {
        super.reset();
        output = null;
        writer = null;
    }

    @Override
    public void sendError(int status) throws IOException {
        recording.resolveCustomer(); // the principal may be gone later
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        recording.resolveCustomer(); // the principal may be gone later
        super.sendError(status, message);
    }

    @Override
    public void setStatus(int status) {
        if (status >= CLIENT_ERROR) {
            recording.resolveCustomer(); // the principal may be gone later
        }
        super.setStatus(status);
    }
}
