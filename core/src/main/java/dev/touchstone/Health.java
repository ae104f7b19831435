package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.state.Store;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of all offered events since start, and the state of an instance. While no event is being recorded,
 * {@code offered = accepted + dropped} and {@code accepted = anonymous + live + evicted + erased}, exactly. Immutable.
 */
public final class Health {

    private final Data data;

    Health(Data data) {
        this.data = data;
    }

    /** Returns the number of offered events. */
    public long offered() {
        return data.offered();
    }

    /** Returns the number of counted events. */
    public long accepted() {
        return data.accepted();
    }

    /** Returns the number of dropped events by reason; each reason is present. */
    public Map<DropReason, Long> dropped() {
        return data.dropped();
    }

    /** Returns the number of warnings about accepted events; each warning is present. */
    public Map<Warning, Long> warnings() {
        return data.warnings();
    }

    /** Returns the number of accepted events without a customer. */
    public long anonymous() {
        return data.anonymous();
    }

    /** Returns the number of accepted events of the customers in memory. */
    public long live() {
        return data.live();
    }

    /** Returns the number of accepted events of evicted or expired customers. */
    public long evicted() {
        return data.evicted();
    }

    /** Returns the number of accepted events of erased customers. */
    public long erased() {
        return data.erased();
    }

    /** Returns the number of customers in memory. */
    public long customers() {
        return data.customers();
    }

    /** Returns whether the instance is paused and drops every event. */
    public boolean paused() {
        return data.paused();
    }

    /**
     * Returns whether events were lost within the last five minutes, or there is a {@linkplain #problems() problem}.
     */
    public boolean degraded() {
        return data.degraded();
    }

    /**
     * Returns the current problems of the instance, each with what to do about it; empty if there are none. Lost events
     * are not problems: {@link #dropped()} counts them by reason.
     */
    public List<String> problems() {
        return data.problems();
    }

    /**
     * Returns how many changes and records listeners lost, such as those that publish to Kafka, by reason; only reasons
     * that occurred. They do not count as {@linkplain #dropped() dropped} events: this instance has counted them.
     */
    public Map<String, Long> lost() {
        return data.lost();
    }

    /** Returns the status of the store; {@link Store.Status#NOTHING_YET} without a store. */
    public Store.Status store() {
        return data.store();
    }

    /** Returns the number of events dropped for a reason. */
    public long dropped(DropReason reason) {
        return dropped().getOrDefault(reason, 0L);
    }

    /** Returns the number of all dropped events. */
    public long totalDropped() {
        return dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the number of accepted events with a warning. */
    public long warnings(Warning warning) {
        return warnings().getOrDefault(warning, 0L);
    }

    @Override
    public String toString() {
        return "offered " + offered() + ", accepted " + accepted() + ", dropped " + totalDropped()
                + (paused() ? ", paused" : "") + (degraded() ? ", degraded" : "");
    }

    record Data(
            long offered,
            long accepted,
            Map<DropReason, Long> dropped,
            Map<Warning, Long> warnings,
            long anonymous,
            long live,
            long evicted,
            long erased,
            long customers,
            boolean paused,
            boolean degraded,
            List<String> problems,
            Map<String, Long> lost,
            Store.Status store) {

        Data {
            dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
            problems = List.copyOf(problems);
            lost = Collections.unmodifiableMap(new TreeMap<>(lost));
            warnings = Collections.unmodifiableMap(new TreeMap<>(warnings));
        }
    }
}
