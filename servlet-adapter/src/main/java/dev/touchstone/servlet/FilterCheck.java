package dev.touchstone.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one warning if an application requests an interaction without {@link TouchstoneFilter}: embedded servers run
 * no initializers in some contexts, such as those of Tomcat's {@code addContext}.
 */
final class FilterCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(TouchstoneFilter.class);
    /** The attribute of a servlet context that has the filter or was warned about. */
    private static final String DONE = FilterCheck.class.getName();

    private FilterCheck() {}

    /** Reports an initialized filter. */
    static void registered(ServletContext context) {
        context.setAttribute(DONE, true);
    }

    /** Reports a request without an interaction. Never throws. */
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
            LOGGER.debug("TouchstoneFilter: the check for its registration failed", e);
        }
    }
}
