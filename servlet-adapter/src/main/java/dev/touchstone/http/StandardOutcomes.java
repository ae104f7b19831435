package dev.touchstone.http;

import dev.touchstone.event.Outcome;

/** The default outcomes of HTTP responses. */
final class StandardOutcomes {

    private static final int CLIENT_ERROR = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private StandardOutcomes() {}

    static Outcome classify(FinishedRequest<?> request) {
        int status = request.status();
        if (request.aborted()) {
            return Outcome.ABANDONED;
        }
        if (request.exception().isPresent() || status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
            return Outcome.FAILURE;
        }
        return status >= CLIENT_ERROR || request.invalidInput() ? Outcome.DEGRADED : Outcome.SUCCESS;
    }
}
