package dev.touchstone.http;

import dev.touchstone.event.Outcome;

/**
 * Says how a request ended for the customer, unless the application said so itself through its interaction. It must be
 * thread-safe and must not block; if it throws or returns null, that is counted as {@code classifier_error} and the
 * {@linkplain #standard() standard} one decides.
 *
 * @param <S> what a request is: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 */
@FunctionalInterface
public interface OutcomeClassifier<S> {

    /** Returns the outcome. */
    Outcome classify(FinishedRequest<S> request);

    /**
     * Returns the classifier that is used if there is no other: an aborted request is abandoned; an exception, 429 and
     * 5xx are failures; other 4xx and refused input are degraded; everything else succeeds.
     */
    static <S> OutcomeClassifier<S> standard() {
        return StandardOutcomes::classify;
    }
}
