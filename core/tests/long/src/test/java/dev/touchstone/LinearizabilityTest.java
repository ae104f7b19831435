package dev.touchstone;

import org.junit.jupiter.api.Test;

/** The operations of a class that extends this, by several threads, are as if one thread had done them one after the other. */
public abstract class LinearizabilityTest {

    @Test
    void isLinearizableUnderStress() {
        Linearizability.stress(getClass());
    }

    @Test
    void isLinearizableInEveryInterleaving() {
        Linearizability.modelCheck(getClass());
    }
}
