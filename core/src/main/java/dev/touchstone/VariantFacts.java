package dev.touchstone;

/**
 * What an event caused, besides its assessment, that its variants are compared by. Immutable.
 *
 * @param begun the number of journeys it began
 * @param completed the number of journeys it completed
 * @param satisfied the predicted probability of a satisfied answer to it; NaN if it is not predicted
 */
record VariantFacts(int begun, int completed, double satisfied) {}
