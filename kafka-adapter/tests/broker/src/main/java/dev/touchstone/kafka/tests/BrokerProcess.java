package dev.touchstone.kafka.tests;

import java.io.IOException;

/** The main class of the child process: a broker that ends with the process that started it. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(BrokerProcess::awaitEndOfParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) arguments);
    }

    /** Standard input is a pipe that nothing is written to: it ends when the parent does, however that ends. */
    private static void awaitEndOfParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // as good as an end
        }
        Runtime.getRuntime().halt(1);
    }
}
