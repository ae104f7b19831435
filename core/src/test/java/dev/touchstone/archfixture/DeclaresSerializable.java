package dev.touchstone.archfixture;

import java.io.Serializable;

/** Planted: declares itself serializable. */
record DeclaresSerializable(String name) implements Serializable {}
