package dev.touchstone.servlet;

import dev.touchstone.Touchstone;
import dev.touchstone.http.PageContent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A servlet that serves the content of an instance: the given one, or that of its servlet context. In the latter
 * case it answers as if absent, unless a context parameter enables it. Thread-safe.
 *
 * @param <C> the content
 */
abstract class InstanceServlet<C> extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Touchstone touchstone;
    private final transient String parameter;
    private transient @Nullable C content;

    /**
     * @param touchstone the instance; null for that of the servlet context
     * @param parameter the context parameter that enables the servlet
     */
    InstanceServlet(@Nullable Touchstone touchstone, String parameter) {
        this.touchstone = touchstone;
        this.parameter = parameter;
    }

    /** Returns the content of an instance. A servlet created for a servlet context is initialized with it by then. */
    abstract C content(Touchstone served);

    /** @throws ServletException if it is enabled and there is no instance */
    @Override
    public final void init() throws ServletException {
        Touchstone served = touchstone == null ? ofContext() : touchstone;
        content = served == null ? null : content(served);
    }

    private @Nullable Touchstone ofContext() throws ServletException {
        Settings.checkNoneIn(getInitParameterNames(), "servlet");
        if (!Settings.isOn(parameter, getServletContext())) {
            return null;
        }
        if (getServletContext().getAttribute(TouchstoneFilter.TOUCHSTONE) instanceof Touchstone found) {
            return found;
        }
        throw new ServletException(getClass().getSimpleName()
                + ": no instance of Touchstone in the attribute \"" + TouchstoneFilter.TOUCHSTONE
                + "\" of the servlet context; register TouchstoneFilter, which sets it");
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (content == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        PageContent.HEADERS.forEach(response::setHeader);
        super.service(request, response);
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        C present = content;
        if (present != null) { // checked by service
            get(present, request, response);
        }
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        C present = content;
        if (present != null) {
            post(present, request, response);
        }
    }

    /** Answers a GET. */
    abstract void get(C present, HttpServletRequest request, HttpServletResponse response) throws IOException;

    /** Answers a POST. */
    abstract void post(C present, HttpServletRequest request, HttpServletResponse response) throws IOException;
}
