package dev.touchstone.http;

import java.util.Optional;

/**
 * A finished request.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 * @param request the request
 * @param status the status of the response; 500 if an unhandled exception replaces it, 0 if the client disconnected
 *     and the server no longer has it
 * @param exception the unhandled exception; one that an exception handler turned into a response is not included
 * @param aborted whether the client disconnected before it had the answer; false if it left a stream after the first
 *     byte
 * @param invalidInput whether the customer's input was refused: a form is shown again with errors, or the status is
 *     400 or 422
 */
public record FinishedRequest<S>(
        S request, int status, Optional<Throwable> exception, boolean aborted, boolean invalidInput) {}
