package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.customers.internal.Cluster.Reach;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.StoredCases;
import dev.touchstone.state.internal.StoredCustomers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a cluster knows, as the instance that asks would have it if it had received all events. What another version wrote
 * and is not readable here counts as not answered. Thread-safe.
 */
final class ClusterReader {

    // nothing that is read here asks at which touchpoints a customer was
    private static final List<String> ANY_BITS = Collections.nCopies(Long.SIZE, "");

    private final Cluster cluster;
    private final ScoreModel model;
    private final List<String> effects;
    private final int minimumGroupSize;
    private volatile @Nullable Known<Learner> learned;
    private volatile @Nullable Known<Registry> added;
    private volatile @Nullable Known<List<RecoveryCase>> files;

    ClusterReader(Cluster cluster, ScoreModel model, List<String> effects, int minimumGroupSize) {
        this.cluster = cluster;
        this.model = model;
        this.effects = effects;
        this.minimumGroupSize = minimumGroupSize;
    }

    /** Returns the cluster among listeners; null if there is none. */
    static @Nullable Cluster among(List<CustomerListener> listeners) {
        return listeners.stream()
                .filter(Cluster.class::isInstance)
                .map(Cluster.class::cast)
                .findFirst()
                .orElse(null);
    }

    Customer find(CustomerKey customer) {
        Cluster.Found found = cluster.find(customer);
        byte[] bytes = found.bytes();
        try {
            return new Customer(
                    bytes == null
                            ? null
                            : new StoredCustomers(model)
                                    .read(customer, bytes, ANY_BITS)
                                    .customer(),
                    coverage(found.reach()));
        } catch (MalformedException | IllegalArgumentException e) {
            return new Customer(null, coverage(nothingOf(found.reach())));
        }
    }

    /** Returns the recovery cases of all partitions. */
    Cases cases() {
        Cluster.Cases found = cluster.cases();
        try {
            return new Cases(read(found.files()), coverage(found.reach()));
        } catch (MalformedException | IllegalArgumentException e) {
            return new Cases(List.of(), coverage(nothingOf(found.reach())));
        }
    }

    private List<RecoveryCase> read(List<byte[]> from) {
        Known<List<RecoveryCase>> known = files;
        if (known == null || known.from != from) {
            known = new Known<>(from, from.stream().map(StoredCases::read).toList());
            files = known;
        }
        return known.all;
    }

    /** Returns the predicted answer of a customer, learned from the answers in all partitions; null if there is none. */
    @Nullable
    Prediction prediction(@Nullable AwaitedAnswer awaited, long nowMs) {
        if (awaited == null || !awaited.isKeptAt(nowMs)) {
            return null;
        }
        Learner all = learner();
        synchronized (all) {
            return all.answers() == 0 ? null : all.predict(awaited, minimumGroupSize);
        }
    }

    private Learner learner() {
        List<byte[]> latest = cluster.learners();
        Known<Learner> known = learned;
        if (known == null || known.from != latest) {
            known = new Known<>(latest, merge(latest));
            learned = known;
        }
        return known.all;
    }

    private Learner merge(List<byte[]> parts) {
        Learner all = new Learner(effects);
        for (byte[] part : parts) {
            try {
                Learner read = new Learner(List.of()).fields(new FieldReader(new Input(ByteBuffer.wrap(part))));
                all.addAll(read.with(effects, Learner.Maps.PLAIN));
            } catch (MalformedException | IllegalArgumentException e) {
                return new Learner(effects);
            }
        }
        return all;
    }

    /** Returns what was counted in all partitions. */
    Counted counted(Catalog catalog, int maximumSeries) {
        Cluster.Counted counted = cluster.counted();
        if (counted.reach().answered() > 0) {
            try {
                return new Counted(
                        added(counted.scopes(), catalog, maximumSeries), counted.sinceMs(), coverage(counted.reach()));
            } catch (MalformedException | IllegalArgumentException e) {
                // as if nothing had answered
            }
        }
        return new Counted(null, counted.sinceMs(), coverage(nothingOf(counted.reach())));
    }

    /** Returns the sums in a registry, which is the former one if they are the former ones. */
    private Registry added(List<Partition.Scope> scopes, Catalog catalog, int maximumSeries) {
        Known<Registry> known = added;
        if (known == null || known.from != scopes || known.all.catalog() != catalog) {
            Registry all = new Registry(catalog, maximumSeries, false);
            restore(scopes, all);
            known = new Known<>(scopes, all);
            added = known;
        }
        return known.all;
    }

    private void restore(List<Partition.Scope> scopes, Registry registry) {
        ScopeSums sums = new ScopeSums(model);
        Snapshot.Touchpoint blank = Snapshot.Touchpoint.blank(model);
        for (Partition.Scope scope : scopes) {
            ScopeSums.Sum sum = sums.read(scope.sum());
            Snapshot.Cell cell = sum.cell();
            if (cell != null) {
                registry.restore(new Snapshot.Touchpoint(scope.name(), blank.pace(), List.of(cell)));
                registry.restore(
                        new Snapshot.Newcomers(scope.name(), cell.channel(), cell.newcomers(), cell.customerEvents()));
            } else {
                registry.tally(scope.name()).restoreAll(sum);
            }
        }
    }

    private static Reach nothingOf(Reach reach) {
        return new Reach(0, reach.partitions(), reach.ageMs());
    }

    private static Scoreboard.Coverage coverage(Reach reach) {
        return new Scoreboard.Coverage(reach.answered(), reach.partitions(), Duration.ofMillis(reach.ageMs()));
    }

    /**
     * A customer.
     *
     * @param stored the customer; null if nothing is known
     */
    record Customer(Snapshot.@Nullable Customer stored, Scoreboard.Coverage coverage) {}

    /** The recovery cases, in no order. */
    record Cases(List<RecoveryCase> files, Scoreboard.Coverage coverage) {}

    /**
     * What was counted.
     *
     * @param registry has it; null if no partition answered
     * @param sinceMs since when
     */
    record Counted(@Nullable Registry registry, long sinceMs, Scoreboard.Coverage coverage) {}

    /** What was read from a list, which holds as long as the list is the same one. */
    private static final class Known<T> {

        private final List<?> from;
        private final T all;

        Known(List<?> from, T all) {
            this.from = from;
            this.all = all;
        }
    }
}
