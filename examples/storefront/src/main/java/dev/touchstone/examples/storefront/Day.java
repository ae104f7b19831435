package dev.touchstone.examples.storefront;

/**
 * How the shop behaves at a moment.
 *
 * @param version the version that is deployed
 * @param slowSearches the share of searches that are slow, from 0 to 1
 * @param failedPayments the share of payments that fail, from 0 to 1
 * @param summary what is going on, in one sentence
 */
record Day(String version, double slowSearches, double failedPayments, String summary) {}
