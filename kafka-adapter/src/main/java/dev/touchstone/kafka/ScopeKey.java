package dev.touchstone.kafka;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import org.jspecify.annotations.Nullable;

/**
 * The keys in the topic of sums: {@code t:<channel>:<touchpoint>}, {@code j:<journey>}, and by the number of a partition {@code
 * p:}, {@code s:} and {@code l:} for how far customers are scored, how far sums are added, and what was learned from answers. A
 * channel has no colon.
 */
final class ScopeKey {

    private ScopeKey() {}

    private static final String JOURNEY = "j:";
    private static final String TOUCHPOINT = "t:";
    private static final String SCORED = "p:";
    private static final String ADDED = "s:";
    private static final String LEARNER = "l:";
    private static final String ERASED = "e:";
    private static final int HEXADECIMAL = 16;

    static String of(Partition.Scope scope) {
        return scope.journey() ? journey(scope.name()) : touchpoint(scope.name(), scope.channel());
    }

    static String journey(String name) {
        return JOURNEY + name;
    }

    static String touchpoint(String name, String channel) {
        return TOUCHPOINT + channel + ":" + name;
    }

    static String scored(int partition) {
        return SCORED + partition;
    }

    static String added(int partition) {
        return ADDED + partition;
    }

    static String learner(int partition) {
        return LEARNER + partition;
    }

    /** Returns the key of a record that removes a customer from all small groups. It goes to each partition of changes. */
    static String erased(CustomerKey customer) {
        return ERASED + Long.toHexString(customer.hash());
    }

    static boolean isErased(String key) {
        return key.startsWith(ERASED);
    }

    /**
     * Returns the hash of the erased customer in a key.
     *
     * @throws NumberFormatException if it has none
     */
    static long erasedMember(String key) {
        return Long.parseUnsignedLong(key.substring(ERASED.length()), HEXADECIMAL);
    }

    static boolean isScored(String key) {
        return key.startsWith(SCORED);
    }

    static boolean isAdded(String key) {
        return key.startsWith(ADDED);
    }

    static boolean isLearner(String key) {
        return key.startsWith(LEARNER);
    }

    /** Returns the number of the partition in a key that has one; -1 if there is none. */
    static int partition(String key) {
        try {
            return Integer.parseInt(key.substring(SCORED.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Returns the touchpoint or the journey of a key, with its sum; null if the key is of neither. */
    static Partition.@Nullable Scope scope(String key, byte[] sum) {
        if (key.startsWith(JOURNEY)) {
            return new Partition.Scope(true, key.substring(JOURNEY.length()), "", sum);
        }
        int colon = key.indexOf(':', TOUCHPOINT.length());
        return key.startsWith(TOUCHPOINT) && colon > 0
                ? new Partition.Scope(false, key.substring(colon + 1), key.substring(TOUCHPOINT.length(), colon), sum)
                : null;
    }
}
