package dev.touchstone.servlet.tests;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The application's filter that refuses requests: by a log-in, by a limit of size, because the shop is shut. */
public final class Doors implements Filter, CustomerResolver<HttpServletRequest> {

    private static final String USER = "shop.user";
    private static final String ADA = "Basic YWRhOnNlY3JldA==";

    /** Finds who is logged in. */
    @Override
    public @Nullable CustomerId resolve(HttpServletRequest request) {
        return request.getAttribute(USER) instanceof String user ? CustomerId.of(user) : null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (http.getHeader("X-Answer") != null) {
            response.getWriter().write("from the cache");
            return;
        }
        int refused = refused(http);
        if (refused == 0) {
            chain.doFilter(request, response);
            if (http.getHeader("X-After") != null) {
                throw new IllegalStateException("broken door, after the servlet");
            }
        } else {
            ((HttpServletResponse) response).sendError(refused);
        }
    }

    private static int refused(HttpServletRequest request) {
        if (request.getHeader("X-Break") != null) {
            throw new IllegalStateException("broken door");
        }
        if (request.getHeader("X-Shut") != null) {
            return request.getIntHeader("X-Shut");
        }
        if (request.getHeader("X-Large") != null) {
            return HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
        }
        if (!request.getMethod().equals("OPTIONS") && !ADA.equals(request.getHeader("Authorization"))) {
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        request.setAttribute(USER, "ada");
        return request.getRequestURI().equals("/t/admin") ? HttpServletResponse.SC_FORBIDDEN : 0;
    }
}
