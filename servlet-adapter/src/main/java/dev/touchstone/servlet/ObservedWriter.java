package dev.touchstone.servlet;

import java.io.PrintWriter;

/** A writer that reports writes, flushes and a broken connection. */
final class ObservedWriter extends PrintWriter {

    private final PrintWriter writer;
    private final ObservedBody body;

    ObservedWriter(PrintWriter writer, ObservedBody body) {
        super(writer);
        this.writer = writer;
        this.body = body;
    }

    @Override
    public void write(int character) {
        body.writing();
        writer.write(character);
        body.written();
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        body.writing();
        writer.write(characters, offset, length);
        body.written();
    }

    @Override
    public void write(String text, int offset, int length) {
        body.writing();
        writer.write(text, offset, length);
        body.written();
    }

    @Override
    public void println() {
        writer.println();
    }

    @Override
    public void flush() {
        body.flushing();
        writer.flush();
        if (!checkError()) {
            body.flushed();
        }
    }

    @Override
    public void close() {
        body.closing();
        writer.close();
    }

    @Override
    public boolean checkError() {
        boolean error = writer.checkError();
        if (error) {
            body.broken();
        }
        return error;
    }
}
