package dev.touchstone.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns an application once that asks for interactions without {@link TouchstoneFilter}: embedded servers run no
 * initializers in some contexts, such as those that Tomcat's {@code addContext} makes.
 */
final class FilterCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(TouchstoneFilter.class);
    /** The attribute of a servlet context in which there is a filter, or that was warned. */
    private static final String DONE = FilterCheck.class.getName();

    private FilterCheck() {}

    /** A filter was initialized. */
    static void registered(ServletContext context) {
        context.setAttribute(DONE, true);
    }

    /** A request has no interaction. Never throws. */
    static void missed(ServletRequest request) {
        try {
            ServletContext context = request.getServletContext();
            if (context == null || context.getAttribute(DONE) != null) {
                return;
            }
            context.setAttribute(DONE, true);
            if (!Settings.isOff(context) && !TouchstoneInitializer.isStarterIn(context)) {
                LOGGER.warn(
                        "TouchstoneFilter is not registered in the context \"{}\": nothing is recorded there. Register it"
                                + " as docs/servlet.md shows, or let the server run TouchstoneInitializer; with an embedded"
                                + " Tomcat by context.addServletContainerInitializer(new TouchstoneInitializer(), null).",
                        context.getContextPath());
            }
        } catch (RuntimeException e) {
            LOGGER.debug("cannot find out whether TouchstoneFilter is registered", e);
        }
    }
}
