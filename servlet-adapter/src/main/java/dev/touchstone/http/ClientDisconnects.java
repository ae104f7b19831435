package dev.touchstone.http;

import java.io.IOException;
import java.util.Set;

/**
 * Recognizes the exceptions by which a server reports that the client no longer waits for the response: the
 * connection broke while the response was written, or asynchronous work exceeded its timeout. An {@code IOException}
 * alone proves nothing: it may come from a call to another service.
 */
public final class ClientDisconnects {

    private static final int MAX_CAUSES = 20;

    // by name, because not every application has these servers and frameworks
    private static final Set<String> NAMES = Set.of(
            "ClientAbortException", // Tomcat
            "AsyncRequestNotUsableException"); // Spring MVC
    private static final String JETTY = "EofException"; // and EarlyEofException

    private ClientDisconnects() {}

    /** Returns whether an exception or one of its causes reports that the client is gone. */
    public static boolean isDisconnect(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String name = cause.getClass().getSimpleName();
            if (NAMES.contains(name)
                    || name.endsWith(JETTY)
                    || (cause instanceof IOException && cameThroughUndertow(cause))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Undertow has no exception for it: the streams of request and response throw the exception of the socket. */
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
