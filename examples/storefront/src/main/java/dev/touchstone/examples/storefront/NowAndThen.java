package dev.touchstone.examples.storefront;

import java.util.concurrent.atomic.AtomicLong;

/** Something that happens in a given share of cases: irregularly, but never much more or less often. Thread-safe. */
final class NowAndThen {

    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    private final AtomicLong cases = new AtomicLong();

    /**
     * Returns whether it happens in this case.
     *
     * @param share the share of cases in which it happens at present, from 0 to 1
     */
    boolean happens(double share) {
        return cases.incrementAndGet() * GOLDEN_RATIO % 1 < share;
    }
}
