package dev.touchstone.servlet;

import java.io.IOException;

/** Knows by which exceptions a container says that nobody waits for the response any more. */
final class Aborts {

    private static final int MOST_CAUSES = 20;

    private Aborts() {}

    static boolean isAbort(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            String name = cause.getClass().getSimpleName();
            // Tomcat's, and the two of Jetty
            if (name.equals("ClientAbortException")
                    || name.endsWith("EofException")
                    || (cause instanceof IOException && cameThroughUndertow(cause))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Undertow has no exception of its own for it: the streams of request and response throw what the socket throws. */
    private static boolean cameThroughUndertow(Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("io.undertow.servlet.spec.Servlet")
                    && element.getClassName().endsWith("putStreamImpl")) {
                return true;
            }
        }
        return false;
    }
}
