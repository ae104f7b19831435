package dev.touchstone.kafka;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import java.util.List;
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
    public List<byte[]> learners() {
        return List.of();
    }

    @Override
    public void changed(CustomerChange change) {}
}
