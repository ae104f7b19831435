package dev.touchstone.reference;

import java.util.Map;

/**
 * A score with its 95 % interval, the evidence behind it ({@code N} of an experience, {@code T} of an effort) and its
 * explanation: points lost by driver, or shares of effort by driver. Where there is none, it is {@code null}.
 */
public record RefScore(double score, double low, double high, double evidence, Map<String, Double> explanation) {}
