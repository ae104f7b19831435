package dev.touchstone.servlet;

import dev.touchstone.Touchstone;
import dev.touchstone.http.CaseContent;
import dev.touchstone.http.CustomerRequests;
import dev.touchstone.json.internal.TextObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recovery cases in JSON, mapped to a folder such as {@code /touchstone/cases/*}: {@code GET} of the folder and
 * of an id, {@code POST} to the folder to open a case and to {@code {id}/{action}} to change one, as answered by
 * {@link CaseContent}. It has no login: a security constraint on the folder must restrict access. Thread-safe.
 */
public final class TouchstoneCases extends InstanceServlet<CaseContent> {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a servlet for the instance of its servlet context, for {@code web.xml}. Unless the context parameter
     * {@code touchstone.care.cases.enabled} is true, it answers as if absent.
     */
    public TouchstoneCases() {
        super(null, Settings.CASES_ENABLED);
    }

    /** Creates a servlet for the cases of an instance. */
    public TouchstoneCases(Touchstone touchstone) {
        super(touchstone, Settings.CASES_ENABLED);
    }

    @Override
    CaseContent content(Touchstone served) {
        return new CaseContent(served);
    }

    @Override
    void get(CaseContent cases, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] names = names(request);
        if (names.length > 1) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (names.length == 1) {
            Answers.send(cases.get(names[0]), response);
        } else {
            Answers.send(cases.list(request.getParameter("owner"), request.getParameter("status")), response);
        }
    }

    @Override
    void post(CaseContent cases, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] names = names(request);
        int status = CustomerRequests.status(
                request.getQueryString(),
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"));
        if (status != CustomerRequests.ALLOWED) {
            response.sendError(status);
        } else if (!isJson(request.getContentType())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (names.length == 1 || names.length > 2) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            write(cases, names, request, response);
        }
    }

    private static void write(
            CaseContent cases, String[] names, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = request.getInputStream().readNBytes(CaseContent.MAX_BODY_BYTES + 1);
        if (body.length > CaseContent.MAX_BODY_BYTES) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        Map<String, String> values;
        try {
            values = TextObject.read(body);
        } catch (IllegalArgumentException e) {
            Answers.send(cases.unreadable(e), response);
            return;
        }
        boolean loggedIn = request.getUserPrincipal() != null;
        Answers.send(
                names.length == 0 ? cases.open(values, loggedIn) : cases.change(names[0], names[1], values, loggedIn),
                response);
    }

    /** Returns the segments of the path below the folder. */
    private static String[] names(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null || path.equals("/")
                ? new String[0]
                : path.substring(1).split("/", -1);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
