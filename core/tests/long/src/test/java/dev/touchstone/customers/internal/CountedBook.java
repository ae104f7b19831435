package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A book of customers that counts what becomes of events, and whose time is set by hand. Thread-safe. */
final class CountedBook extends SilentObserver {

    static final CustomerKey ADA = new CustomerKey(1, 11);
    static final CustomerKey BOB = new CustomerKey(2, 22);
    static final CustomerKey CYD = new CustomerKey(3, 33);
    static final Duration RETENTION = Duration.ofDays(1);

    private static final CustomerFold FOLD = new CustomerFold(new Assessor(ScoreModel.STANDARD), false);

    final AtomicLong timeMs = new AtomicLong(1_000);
    final CustomerBook book;
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong erased = new AtomicLong();

    CountedBook(long maximumCustomers) {
        this.book = new CustomerBook(
                FOLD,
                CustomerBook.Keeps.SCORES,
                this,
                new Tombstones(),
                timeMs::get,
                maximumCustomers,
                Duration.ofMinutes(30),
                RETENTION);
    }

    /** Records an event that happens now; returns 1 if it was accepted, 0 if it was erased. */
    int record(CustomerKey customer) {
        return record(customer, timeMs.get());
    }

    int record(CustomerKey customer, long whenMs) {
        Boolean accepted = book.change(customer, whenMs, Boolean.TRUE, (input, key, state) -> input);
        book.makeRoom();
        return accepted == null ? 0 : 1;
    }

    void erase(CustomerKey customer) {
        book.erase(List.of(customer), timeMs.get());
    }

    /** Passes the retention, and removes expired customers. */
    void expire() {
        timeMs.addAndGet(2 * RETENTION.toMillis());
        book.sweep(timeMs.get(), journey -> true);
    }

    int accepted() {
        return (int) recorded.get();
    }

    int live() {
        return (int) book.recount();
    }

    int evicted() {
        return (int) evicted.get();
    }

    int erased() {
        return (int) erased.get();
    }

    /** Returns how many accepted events are neither held nor counted as evicted or erased, or are counted twice. */
    int unexplained() {
        return accepted() - live() - evicted() - erased();
    }

    @Override
    public void recorded() {
        recorded.incrementAndGet();
    }

    @Override
    public void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause) {
        evicted.addAndGet(events);
    }

    @Override
    public void erased(CustomerKey customer, long events) {
        erased.addAndGet(events);
    }
}
