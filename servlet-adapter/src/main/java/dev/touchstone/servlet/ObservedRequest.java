package dev.touchstone.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request whose asynchronous work uses the observed response, also if it starts without naming a response. As
 * thread-safe as the request.
 */
public final class ObservedRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;

    /** Creates one. */
    public ObservedRequest(HttpServletRequest request, HttpServletResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public AsyncContext startAsync() {
        return getRequest().startAsync(this, response);
    }
}
