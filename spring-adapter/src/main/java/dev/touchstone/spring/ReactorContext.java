package dev.touchstone.spring;

import dev.touchstone.Touchstone;

/** The key of the current interaction in a Reactor context. */
final class ReactorContext {

    private ReactorContext() {}

    /** Returns the key, which distinguishes the instances in a virtual machine. */
    static String keyOf(Touchstone touchstone) {
        return "dev.touchstone.interaction@" + Integer.toHexString(System.identityHashCode(touchstone));
    }
}
