package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.state.Store;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.survey.Mentions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts every event by its fate. Offered events are accepted or dropped; accepted events are anonymous or of
 * customers; events of customers are live, evicted or erased. Offered, accepted and live events
 * are computed from the other counts, so the counts cannot diverge. Only the number of live events can decrease.
 * Thread-safe.
 */
final class Counters {

    private final StripedCount anonymous = new StripedCount();
    private final StripedCount ofCustomers = new StripedCount();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder erased = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = adders(DropReason.class);
    private final Map<Warning, LongAdder> warnings = adders(Warning.class);

    /**
     * Events whose recording failed. Changed directly, under the monitor, because a nearly exhausted stack has no room
     * for a call.
     */
    long failures;

    private volatile long sinceMs;
    private volatile Scoreboard.@Nullable Intake restored;

    Counters(long sinceMs) {
        this.sinceMs = sinceMs;
    }

    /** Returns the time since which everything is counted. */
    long sinceMs() {
        return sinceMs;
    }

    /** Moves the start of counting back to the time given if it is later, after the clock went back. */
    void goBack(long toMs) {
        sinceMs = Math.min(sinceMs, toMs);
    }

    /** Sets the start of counting to that of the restored counts. */
    void countedSince(long restoredMs) {
        sinceMs = restoredMs;
    }

    /** Accepts an anonymous event, or throws and accepts nothing. */
    void acceptAnonymous() {
        anonymous.increment();
    }

    /** Accepts an event of a customer, or throws and accepts nothing. */
    void acceptLive() {
        ofCustomers.increment();
    }

    /** Counts the events of an evicted customer as no longer live. */
    void evict(long events) {
        evicted.add(events);
    }

    /** Counts the events of an erased customer as no longer live. */
    void erase(long events) {
        erased.add(events);
    }

    private long accepted() {
        return anonymous.sum() + ofCustomers.sum();
    }

    private static long sum(Map<DropReason, Long> drops) {
        return drops.values().stream().mapToLong(Long::longValue).sum();
    }

    void drop(DropReason reason) {
        add(dropped, reason, 1);
    }

    void warn(Warning warning) {
        warn(warning, 1);
    }

    void warn(Warning warning, long times) {
        add(warnings, warning, times);
    }

    /** Returns the number of warnings, including restored ones. */
    long warnings(Warning warning) {
        LongAdder adder = warnings.get(warning);
        return adder == null ? 0 : adder.sum();
    }

    Snapshot.Counts saved() {
        return new Snapshot.Counts(
                dropped(), sums(warnings, Warning.class), anonymous.sum(), evicted.sum(), erased.sum());
    }

    /** Returns the same without counts of 0. */
    Snapshot.Counts savedNonzero() {
        Map<DropReason, Long> drops = dropped();
        drops.values().removeIf(count -> count == 0);
        Map<Warning, Long> warned = sums(warnings, Warning.class);
        warned.values().removeIf(count -> count == 0);
        return new Snapshot.Counts(drops, warned, anonymous.sum(), evicted.sum(), erased.sum());
    }

    /** Returns the number of events of customers who were neither evicted nor erased. */
    long live() {
        return ofCustomers.sum() - evicted.sum() - erased.sum();
    }

    /** Adds restored counts. Accepted events are derived from their parts, so the counts balance. */
    void restore(Snapshot.Counts saved) {
        saved.dropped().forEach((reason, count) -> add(dropped, reason, count));
        saved.warnings().forEach((warning, count) -> add(warnings, warning, count));
        anonymous.add(saved.anonymous());
        evicted.add(saved.evicted());
        erased.add(saved.erased());
        ofCustomers.add(saved.evicted() + saved.erased());
    }

    /** Adds the events of a restored customer. */
    void restoreLive(long events) {
        ofCustomers.add(events);
    }

    /** Marks everything counted so far as restored. */
    void start() {
        restored = intake(Mentions.NONE);
    }

    /** Returns the counts since the {@linkplain #start() start}, without restored ones. */
    Scoreboard.Intake intake(Mentions mentions) {
        Map<DropReason, Long> drops = dropped();
        long accepted = accepted();
        Scoreboard.Intake all =
                new Scoreboard.Intake(accepted + sum(drops), accepted, drops, sums(warnings, Warning.class), mentions);
        Scoreboard.Intake before = restored;
        return before == null ? all : all.minus(before);
    }

    Map<DropReason, Long> dropped() {
        Map<DropReason, Long> sums = sums(dropped, DropReason.class);
        synchronized (this) {
            sums.merge(DropReason.ERROR, failures, Long::sum);
        }
        return sums;
    }

    Health health(
            long customers,
            boolean paused,
            boolean degraded,
            Map<DropReason, Long> drops,
            List<String> problems,
            Map<String, Long> lost,
            Store.Status store) {
        // read each adder once and totals after their parts, so that the counts always balance
        long gone = evicted.sum();
        long forgotten = erased.sum();
        long withoutCustomer = anonymous.sum();
        long withCustomer = ofCustomers.sum();
        long accepted = withoutCustomer + withCustomer;
        return new Health(new Health.Data(
                accepted + sum(drops),
                accepted,
                drops,
                sums(warnings, Warning.class),
                withoutCustomer,
                withCustomer - gone - forgotten,
                gone,
                forgotten,
                customers,
                paused,
                degraded,
                problems,
                lost,
                store));
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <K extends Enum<K>> void add(Map<K, LongAdder> adders, K key, long count) {
        LongAdder adder = adders.get(key);
        if (adder != null) {
            adder.add(count);
        }
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> adders, Class<K> keys) {
        Map<K, Long> sums = new EnumMap<>(keys);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
