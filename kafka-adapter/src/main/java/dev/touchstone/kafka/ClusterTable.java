package dev.touchstone.kafka;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalListener;
import dev.touchstone.customers.internal.Cluster.Cases;
import dev.touchstone.customers.internal.Cluster.Counted;
import dev.touchstone.customers.internal.Cluster.Found;
import dev.touchstone.customers.internal.Cluster.Reach;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has read from the topics of scores and sums. Customers are bounded: what does not fit is evicted, and from
 * then on a customer of that partition who is not here is not known to be unknown. One thread writes; thread-safe to read.
 */
final class ClusterTable {

    private final int partitions;
    private final long awayMs;
    private final Cache<CustomerKey, byte[]> customers;
    // every customer of a partition is in the table if it was loaded and none was evicted
    private final Set<Integer> loaded = ConcurrentHashMap.newKeySet();
    private final Set<Integer> evicted = ConcurrentHashMap.newKeySet();
    private final LatestValues<byte[]> cases = new LatestValues<>((key, bytes) -> bytes);
    private final LatestValues<Partition.Scope> sums = new LatestValues<>(ScopeKey::scope);
    private final AtomicReferenceArray<Report> scored;
    private final AtomicReferenceArray<Report> added;
    private final Map<Integer, byte[]> learnersByPartition = new TreeMap<>();
    private volatile List<byte[]> learners = List.of();

    /**
     * Makes an empty one.
     *
     * @param partitions the number of partitions of the customers
     * @param maximumCustomers the maximum number of customers
     * @param awayMs how long after its last report a partition counts as away
     */
    ClusterTable(int partitions, long maximumCustomers, long awayMs) {
        this.partitions = partitions;
        this.awayMs = awayMs;
        this.scored = new AtomicReferenceArray<>(partitions);
        this.added = new AtomicReferenceArray<>(partitions);
        RemovalListener<CustomerKey, byte[]> listener = (customer, bytes, cause) -> evicted(customer);
        this.customers = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .executor(Runnable::run)
                .evictionListener(listener)
                .build();
    }

    private void evicted(@Nullable CustomerKey customer) {
        if (customer != null) {
            evicted.add(partition(customer));
        }
    }

    int partitions() {
        return partitions;
    }

    int partition(CustomerKey customer) {
        return ScoringTopics.partition(customer, partitions);
    }

    /** Takes a record of the topic of scores: a customer who changed, or with null one who is gone. */
    void score(CustomerKey customer, byte @Nullable [] bytes) {
        if (bytes == null) {
            customers.invalidate(customer);
        } else {
            customers.put(customer, bytes);
        }
    }

    /** Takes a record of the topic of scores: a recovery case that changed, or with null one that is gone. */
    void file(String key, byte @Nullable [] bytes) {
        cases.put(key, bytes);
    }

    /** Marks that all records of a partition of the topic of scores that were there at the start have been read. */
    void loaded(int partition) {
        loaded.add(partition);
    }

    /**
     * Takes a record of the topic of sums.
     *
     * @param wallMs when it was written
     */
    void sum(String key, byte @Nullable [] value, long wallMs) {
        int partition = ScopeKey.partition(key);
        boolean numbered = partition >= 0 && partition < partitions;
        if (value == null) {
            sums.put(key, null);
        } else if (ScopeKey.isScored(key) || ScopeKey.isAdded(key)) {
            Progress progress = Progress.read(value);
            if (numbered && progress != null) {
                (ScopeKey.isScored(key) ? scored : added).set(partition, new Report(wallMs, progress));
            }
        } else if (ScopeKey.isLearner(key)) {
            if (numbered) {
                learnersByPartition.put(partition, value);
                learners = List.copyOf(learnersByPartition.values());
            }
        } else {
            sums.put(key, value);
        }
    }

    /**
     * Looks for a customer.
     *
     * @param own the customer in the store of this instance; null if that scores another partition
     */
    Found find(CustomerKey customer, @Nullable Own own, long nowMs) {
        int partition = partition(customer);
        Report report = scored.get(partition);
        long ageMs = report == null ? 0 : report.ageMs(nowMs);
        if (isAlive(report, nowMs)) {
            byte[] bytes = own == null ? customers.getIfPresent(customer) : own.bytes();
            if (own != null || bytes != null || (loaded.contains(partition) && !evicted.contains(partition))) {
                return new Found(bytes, new Reach(1, 1, ageMs));
            }
        }
        return new Found(null, new Reach(0, 1, ageMs));
    }

    /** Returns how many partitions are in the sums: those of the customers that are scored while sums of the same number are added. */
    Reach reach(long nowMs) {
        int answered = 0;
        long ageMs = 0;
        for (int i = 0; i < partitions; i++) {
            Report customersOf = scored.get(i);
            Report sumsOf = added.get(i);
            answered += isAlive(customersOf, nowMs) && isAlive(sumsOf, nowMs) ? 1 : 0;
            ageMs = Math.max(ageMs, customersOf == null ? 0 : customersOf.ageMs(nowMs));
            ageMs = Math.max(ageMs, sumsOf == null ? 0 : sumsOf.ageMs(nowMs));
        }
        return new Reach(answered, partitions, ageMs);
    }

    /** Returns the recovery cases, and the partitions of the customers that are scored and have been read. */
    Cases cases(long nowMs) {
        int answered = 0;
        long ageMs = 0;
        for (int i = 0; i < partitions; i++) {
            Report report = scored.get(i);
            answered += isAlive(report, nowMs) && loaded.contains(i) ? 1 : 0;
            ageMs = Math.max(ageMs, report == null ? 0 : report.ageMs(nowMs));
        }
        return new Cases(cases.all(), new Reach(answered, partitions, ageMs));
    }

    private boolean isAlive(@Nullable Report report, long nowMs) {
        return report != null && nowMs - report.wallMs <= awayMs;
    }

    Counted counted(long nowMs) {
        long sinceMs = nowMs;
        for (int i = 0; i < partitions; i++) {
            Report report = scored.get(i);
            sinceMs = report == null ? sinceMs : Math.min(sinceMs, report.progress.sinceMs());
        }
        return new Counted(sinceMs, sums.all(), reach(nowMs));
    }

    List<byte[]> learners() {
        return learners;
    }

    /** Returns whether a partition has reported. */
    boolean hasReports() {
        for (int i = 0; i < partitions; i++) {
            if (scored.get(i) != null) {
                return true;
            }
        }
        return false;
    }

    /** Does what Caffeine does later otherwise; for tests. */
    void settle() {
        customers.cleanUp();
    }

    /**
     * A customer in the store of this instance.
     *
     * @param bytes the customer; null if nothing is known
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Own(byte @Nullable [] bytes) {}

    /** A report of a task, and when it was written. */
    private record Report(long wallMs, Progress progress) {

        long ageMs(long nowMs) {
            return Math.max(0, nowMs - progress.upToMs());
        }
    }
}
