package dev.touchstone;

/**
 * What an event led to that its variants are compared by, besides its assessment. Immutable.
 *
 * @param begun how many journeys it began
 * @param completed how many journeys it completed
 * @param satisfied the predicted probability of a satisfied answer to it; NaN if it is not predicted
 */
record VariantFacts(int begun, int completed, double satisfied) {}
