package dev.touchstone.kafka;

import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What drivers wrote, read as an instance reads it. */
final class DriversCluster implements Cluster {

    private final Drivers drivers;

    DriversCluster(Drivers drivers) {
        this.drivers = drivers;
    }

    @Override
    public Found find(CustomerKey customer) {
        return new Found(drivers.scores.get(customer), new Reach(1, 1, 0));
    }

    @Override
    public Counted counted() {
        List<Partition.Scope> scopes = drivers.scopes.entrySet().stream()
                .map(scope -> ScopeKey.scope(scope.getKey(), scope.getValue()))
                .filter(Objects::nonNull)
                .toList();
        return new Counted(0, scopes, new Reach(1, 1, 0));
    }

    @Override
    public Cases cases() {
        return new Cases(List.copyOf(drivers.cases.values()), new Reach(1, 1, 0));
    }

    @Override
    public List<byte[]> learners() {
        return drivers.reports.values().stream()
                .flatMap(reports -> reports.entrySet().stream())
                .filter(report -> ScopeKey.isLearner(report.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
