package dev.touchstone.archfixture.scoring;

import dev.touchstone.archfixture.event.Fact;

/** Fine: scoring may know event. */
public record Sum(Fact fact, double value) {}
