package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * A request that came to its end.
 *
 * @param request the request
 * @param status the status of the response; 500 if an exception stands in its way
 * @param exception what was thrown and handled by nobody but the container
 * @param aborted whether the customer is gone: the connection broke, or asynchronous work took longer than it is given
 */
public record FinishedRequest(HttpServletRequest request, int status, Optional<Throwable> exception, boolean aborted) {}
