package dev.touchstone.archfixture.event;

/** Fine: knows nothing. */
public record Fact(String name) {}
