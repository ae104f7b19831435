package dev.touchstone.archfixture.manager;

/** Planted: a package without a place in the order, and without @NullMarked. */
class Stray {}
