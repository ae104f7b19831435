package dev.touchstone.http;

import dev.touchstone.event.Outcome;

/**
 * Classifies the outcome of a request for the customer, unless the application settled its interaction. Must be
 * thread-safe and must not block. If it throws or returns null, {@code classifier_error} is counted and the
 * {@linkplain #standard() standard} classifier decides.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 */
@FunctionalInterface
public interface OutcomeClassifier<S> {

    /** Returns the outcome. */
    Outcome classify(FinishedRequest<S> request);

    /**
     * Returns the default classifier: an aborted request is abandoned; an exception, 429 and 5xx are failures; other
     * 4xx and refused input are degraded; everything else succeeds.
     */
    static <S> OutcomeClassifier<S> standard() {
        return StandardOutcomes::classify;
    }
}
