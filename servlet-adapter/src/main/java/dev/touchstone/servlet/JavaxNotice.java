package dev.touchstone.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log of a container of Servlet 4.0 or older that nothing is recorded there. Only such a container finds it:
 * its {@code javax.servlet} is not the {@code jakarta.servlet} of this library.
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
