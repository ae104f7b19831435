package dev.touchstone.http;

import java.util.Optional;

/**
 * A request that came to its end.
 *
 * @param <S> what a request is: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 * @param request the request
 * @param status the status of the response; 500 if an exception stands in its way
 * @param exception what was thrown and handled by nobody; what an exception handler turned into a response is not here
 * @param aborted whether the customer is gone: the connection broke, or asynchronous work took longer than it is given
 */
public record FinishedRequest<S>(S request, int status, Optional<Throwable> exception, boolean aborted) {}
