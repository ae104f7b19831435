package dev.touchstone.archfixture;

/** Planted: a thread local. */
class ThreadBound {
    final ThreadLocal<String> value = new ThreadLocal<>();
}
