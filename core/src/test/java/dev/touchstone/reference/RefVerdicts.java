package dev.touchstone.reference;

/** Verdicts counted. */
public record RefVerdicts(long exceeded, long met, long missed) {}
