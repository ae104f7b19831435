package dev.touchstone.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** A stream of the body that reports what is written and flushed. */
final class ObservedOutputStream extends ServletOutputStream {

    private final ServletOutputStream output;
    private final ObservedBody body;

    ObservedOutputStream(ServletOutputStream output, ObservedBody body) {
        this.output = output;
        this.body = body;
    }

    @Override
    public void write(int value) throws IOException {
        output.write(value);
        body.written();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        output.write(bytes);
        body.written();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
        body.written();
    }

    @Override
    public void print(String text) throws IOException {
        output.print(text);
        body.written();
    }

    @Override
    public void flush() throws IOException {
        output.flush();
        body.flushed();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    @Override
    public boolean isReady() {
        return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        output.setWriteListener(listener);
    }
}
