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
 * A servlet that answers for an instance: the one that it was made with, or else that of its servlet context. Made with none, it
 * answers as if it were not there, unless a context parameter switches it on. Thread-safe.
 *
 * @param <C> what answers
 */
abstract class InstanceServlet<C> extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Touchstone touchstone;
    private final transient String parameter;
    private transient @Nullable C content;

    /**
     * @param touchstone the instance; null for that of the servlet context
     * @param parameter the name of the context parameter that switches it on
     */
    InstanceServlet(@Nullable Touchstone touchstone, String parameter) {
        this.touchstone = touchstone;
        this.parameter = parameter;
    }

    /** Returns what answers for an instance. A servlet made for a servlet context is initialized with it by then. */
    abstract C content(Touchstone served);

    /** @throws ServletException if it is on and there is no instance */
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
                + " has nothing to show: no instance of Touchstone in the attribute \"" + TouchstoneFilter.TOUCHSTONE
                + "\" of the servlet context, where TouchstoneFilter puts it");
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
        if (present != null) { // as service has seen
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
