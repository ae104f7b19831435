package dev.touchstone.servlet.tests;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects the messages of a logger. */
final class Logged extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    Logged(Class<?> name) {
        this(name.getName());
    }

    Logged(String name) {
        this.logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord message) {
        Throwable thrown = message.getThrown();
        messages.add(
                message.getLevel() + " " + message.getMessage() + (thrown == null ? "" : " " + thrown.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
