package dev.touchstone.servlet;

import dev.touchstone.Touchstone;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/** Finds the instance that a servlet serves. */
final class ServedInstance {

    private ServedInstance() {}

    /**
     * Returns the instance that a servlet was made with, or else that of its servlet context; null if it was made with none and
     * a context parameter does not switch it on.
     *
     * @param parameter the name of that parameter
     * @throws ServletException if it is on and there is no instance
     */
    static @Nullable Touchstone of(@Nullable Touchstone given, HttpServlet servlet, String parameter)
            throws ServletException {
        if (given != null) {
            return given;
        }
        Settings.checkNoneIn(servlet.getInitParameterNames(), "servlet");
        if (!Settings.isOn(parameter, servlet.getServletContext())) {
            return null;
        }
        if (servlet.getServletContext().getAttribute(TouchstoneFilter.TOUCHSTONE) instanceof Touchstone found) {
            return found;
        }
        throw new ServletException(servlet.getClass().getSimpleName()
                + " has nothing to show: no instance of Touchstone in the attribute \"" + TouchstoneFilter.TOUCHSTONE
                + "\" of the servlet context, where TouchstoneFilter puts it");
    }
}
