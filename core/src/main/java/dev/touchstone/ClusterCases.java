package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request;
import dev.touchstone.care.RecoveryCase.Request.Action;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The recovery cases of a cluster. A change is checked here and made in the partition of the customer, which receives
 * it like the customer's events. While no partition answers, and for a case that only this instance has, the cases are
 * those of the instance. Thread-safe.
 */
final class ClusterCases extends ChangingCases {

    private final CaseDesk own;
    private final SignalWatch watch;
    private final ClusterReader cluster;
    private final Tombstones tombstones;
    private final EngineClock clock;
    private final Publication publication;

    ClusterCases(
            CaseDesk own,
            SignalWatch watch,
            ClusterReader cluster,
            Tombstones tombstones,
            EngineClock clock,
            Publication publication) {
        this.own = own;
        this.watch = watch;
        this.cluster = cluster;
        this.tombstones = tombstones;
        this.clock = clock;
        this.publication = publication;
    }

    /** Returns the cases of the cluster, without those of customers erased here; empty if no partition answers. */
    private Optional<List<RecoveryCase>> known() {
        ClusterReader.Cases found = cluster.cases();
        return found.coverage().answered() == 0
                ? Optional.empty()
                : Optional.of(found.files().stream()
                        .filter(file -> !tombstones.cover(
                                file.customer(), file.openedAt().toEpochMilli()))
                        .toList());
    }

    @Override
    public List<RecoveryCase> all() {
        return known().map(CaseBook::urgentFirst).orElseGet(own::all);
    }

    @Override
    public boolean isWhole() {
        return cluster.cases().coverage().isWhole();
    }

    @Override
    public Optional<RecoveryCase> find(String id) {
        return known().orElse(List.of()).stream()
                .filter(file -> file.id().equals(id))
                .findFirst()
                .or(() -> own.find(id));
    }

    @Override
    public RecoveryCase open(CustomerId customer, String touchpoint, String reason) {
        Optional<List<RecoveryCase>> known = known();
        if (known.isEmpty()) {
            return own.open(customer, touchpoint, reason);
        }
        CustomerKey key = own.checked(customer, touchpoint, reason);
        return known.get().stream()
                .filter(file -> file.isOpen()
                        && file.customer().equals(key)
                        && file.touchpoint().equals(touchpoint))
                .findFirst()
                .orElseGet(() -> opened(key, touchpoint, reason));
    }

    private RecoveryCase opened(CustomerKey customer, String touchpoint, String reason) {
        RecoveryCase file = own.prepare(watch.opener().nextId(), customer, touchpoint, reason);
        request(Request.toOpen(customer, file.id(), touchpoint, reason));
        return file;
    }

    @Override
    RecoveryCase change(String id, Action action, Optional<Resolution> resolution) {
        List<RecoveryCase> known = known().orElse(List.of());
        RecoveryCase file =
                known.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
        if (file == null) {
            return own.change(id, action, resolution);
        }
        CaseBook ofCustomer = new CaseBook();
        known.stream().filter(each -> each.customer().equals(file.customer())).forEach(ofCustomer::restore);
        Request request = Request.to(action, file, resolution);
        RecoveryCase changed = ofCustomer.change(id, action, resolution, now());
        request(request);
        return changed;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.nowMs());
    }

    private void request(Request request) {
        publication.defer(new CustomerChange.CaseRequested(request, now()));
        publication.publish();
    }
}
