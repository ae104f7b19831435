package dev.touchstone.kafka;

import dev.touchstone.kafka.tests.Broker;

/** The broker of all tests of this process, whose topics have names of their own. It ends with the process. */
final class OneBroker {

    private static final Broker BROKER = Broker.started();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
    }

    private OneBroker() {}

    /** Returns the broker, running: a test that failed may have left it away. */
    static synchronized Broker get() {
        if (!BROKER.isRunning()) {
            BROKER.start();
        }
        return BROKER;
    }

    static String address() {
        return get().bootstrapServers();
    }
}
