package dev.touchstone.kafka.tests;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The main class of a child process that ends with the process that started it. The first argument is the class whose {@code
 * main} is run, with the others.
 */
final class Watched {

    private Watched() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(Watched::awaitEndOfParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true); // of classes that only their own jar starts
        main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
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
