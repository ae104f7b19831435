package dev.touchstone.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logs in a container of Servlet 4.0 or older that nothing is recorded. Only such a container finds this class: its
 * {@code javax.servlet} is not this library's {@code jakarta.servlet}.
 */
public final class JavaxNotice implements javax.servlet.ServletContainerInitializer {

    /** Called by the container. */
    public JavaxNotice() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, javax.servlet.ServletContext context) {
        context.log("Touchstone is off: touchstone-servlet needs Servlet 6.0 (jakarta.servlet: Tomcat 10.1, Jetty 12,"
                + " Undertow 2.3 or newer), and this container is Servlet " + context.getMajorVersion() + "."
                + context.getMinorVersion() + " (javax.servlet). Nothing is recorded of its requests.");
    }
}
