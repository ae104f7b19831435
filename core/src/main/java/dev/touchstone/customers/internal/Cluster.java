package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What several instances know together, as one of them reads it. An instance that has one among its listeners answers for all of
 * them where it can. No method waits for another process. Implementations must be thread-safe.
 */
public interface Cluster extends CustomerListener {

    /** Is never called: a cluster reads what a publisher among the listeners publishes. */
    @Override
    default void changed(CustomerChange change) {}

    /** Looks for a customer. */
    Found find(CustomerKey customer);

    /** Returns what was counted at touchpoints and of journeys. */
    Counted counted();

    /** Returns what the partitions have learned from answers, as bytes; the same list until one of them has changed. */
    List<byte[]> learners();

    /** Returns the recovery cases. */
    Cases cases();

    /**
     * The recovery cases.
     *
     * @param files the cases, as {@link dev.touchstone.state.internal.StoredCases} writes them; the same list until one of
     *     them has changed
     * @param reach which partitions are in them
     */
    record Cases(List<byte[]> files, Reach reach) {

        /** Copies the list. */
        public Cases {
            files = List.copyOf(files);
        }
    }

    /**
     * A customer.
     *
     * @param bytes the customer, as {@link dev.touchstone.state.internal.StoredCustomers} has it; null if nothing is known
     * @param reach whether the partition of the customer answered: one of one, or none
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Found(byte @Nullable [] bytes, Reach reach) {}

    /**
     * What was counted.
     *
     * @param sinceMs since when
     * @param scopes the sums of all partitions; the same list until one of them has changed
     * @param reach which partitions are in them
     */
    record Counted(long sinceMs, List<Partition.Scope> scopes, Reach reach) {

        /** Copies the list. */
        public Counted {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * How much of what was asked for an answer has.
     *
     * @param answered the number of partitions that answered
     * @param partitions the number of all partitions that should
     * @param ageMs how old the oldest part of the answer is
     */
    record Reach(int answered, int partitions, long ageMs) {}
}
