package dev.touchstone.http;

import java.util.Optional;

/**
 * A request that came to its end.
 *
 * @param <S> what a request is: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 * @param request the request
 * @param status the status of the response; 500 if an exception stands in its way, 0 if the client disconnected and the server does not
 *     know it any more
 * @param exception what was thrown and handled by nobody; what an exception handler turned into a response is not here
 * @param aborted whether the client disconnected before it had the answer; false if it left a stream after the first byte
 * @param invalidInput whether the customer's input was refused: a form is shown again with errors, or the status is 400 or
 *     422
 */
public record FinishedRequest<S>(
        S request, int status, Optional<Throwable> exception, boolean aborted, boolean invalidInput) {}
