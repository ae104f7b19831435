package dev.touchstone.catalog;

import java.util.OptionalLong;

/**
 * A figure of somebody else with which one's own is compared.
 *
 * @param metric the index, such as {@code nps}
 * @param peer whose figure it is
 * @param value the figure, in the index's own unit
 * @param n the number of answers behind it, if that is known
 */
public record Benchmark(String metric, String peer, double value, OptionalLong n) {}
