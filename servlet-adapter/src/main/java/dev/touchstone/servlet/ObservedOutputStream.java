package dev.touchstone.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An output stream that reports writes, flushes and a broken connection. */
final class ObservedOutputStream extends ServletOutputStream {

    private final ServletOutputStream output;
    private final ObservedBody body;

    ObservedOutputStream(ServletOutputStream output, ObservedBody body) {
        this.output = output;
        this.body = body;
    }

    @Override
    public void write(int value) throws IOException {
        written(() -> output.write(value));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        written(() -> output.write(bytes));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        written(() -> output.write(bytes, offset, length));
    }

    @Override
    public void print(String text) throws IOException {
        written(() -> output.print(text));
    }

    @Override
    public void flush() throws IOException {
        body.flushing();
        observed(output::flush);
        body.flushed();
    }

    @Override
    public void close() throws IOException {
        body.closing();
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

    private void written(Writing writing) throws IOException {
        body.writing();
        observed(writing);
        body.written();
    }

    private void observed(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            body.broken();
            throw e;
        }
    }

    @FunctionalInterface
    private interface Writing {

        void run() throws IOException;
    }
}
