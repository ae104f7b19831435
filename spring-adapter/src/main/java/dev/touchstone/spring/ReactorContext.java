package dev.touchstone.spring;

import dev.touchstone.Touchstone;

/** Where the interaction that is going on stands in a context of Reactor. */
final class ReactorContext {

    private ReactorContext() {}

    /** Returns the key, which tells instances in one virtual machine apart. */
    static String keyOf(Touchstone touchstone) {
        return "dev.touchstone.interaction@" + Integer.toHexString(System.identityHashCode(touchstone));
    }
}
