package dev.touchstone.servlet;

import dev.touchstone.Touchstone;
import dev.touchstone.http.PageContent;
import dev.touchstone.http.PageLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page that shows the scores, mapped to a folder such as {@code /touchstone/*}. It is read-only and has no
 * login: a security constraint on the folder must restrict access. Thread-safe.
 */
public final class TouchstonePage extends InstanceServlet<PageContent> {

    private static final long serialVersionUID = 1L;

    // null for the links of the servlet context
    private final transient @Nullable PageLinks links;

    /**
     * Creates a servlet for the instance of its servlet context, for {@code web.xml}. Unless the context parameter
     * {@code touchstone.page.enabled} is true, it answers as if absent.
     */
    public TouchstonePage() {
        super(null, Settings.PAGE_ENABLED);
        this.links = null;
    }

    /** Creates a servlet for an instance. */
    public TouchstonePage(Touchstone touchstone) {
        this(touchstone, PageLinks.NONE);
    }

    /** Creates a servlet for an instance, with links from touchpoints to other tools. */
    public TouchstonePage(Touchstone touchstone, PageLinks links) {
        super(touchstone, Settings.PAGE_ENABLED);
        this.links = links;
    }

    @Override
    PageContent content(Touchstone served) {
        return new PageContent(served, links == null ? Settings.links(getServletContext()) : links);
    }

    @Override
    void get(PageContent page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.sendRedirect(request.getContextPath() + request.getServletPath() + "/");
            return;
        }
        Optional<PageContent.Answer> answer = page.get(path.substring(1), request.getQueryString());
        if (answer.isPresent()) {
            Answers.send(answer.get(), response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    void post(PageContent page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!("/" + PageContent.CUSTOMER).equals(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!PageContent.isSameOrigin(
                request.getHeader("Host"), request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (request.getQueryString() != null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST); // an id in a query would be in every log
        } else if (request.getContentLengthLong() < 0) {
            response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED); // browsers always send the length of a form
        } else if (request.getContentLengthLong() > PageContent.MAX_FORM_BYTES) {
            // checked before the container reads it, which throws above its own limit
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else {
            answer(page, request, response);
        }
    }

    private static void answer(PageContent page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setCharacterEncoding("UTF-8");
        String id;
        String pseudonym;
        try {
            id = request.getParameter("id");
            pseudonym = request.getParameter("pseudonym");
        } catch (RuntimeException e) { // a container may throw for a malformed form, and logs exceptions that escape
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Answers.send(page.customer(id, pseudonym), response);
    }
}
