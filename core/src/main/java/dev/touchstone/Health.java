package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.state.StoreStatus;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of everything that was offered since start. When nothing is being recorded,
 * {@code offered = accepted + dropped} and {@code accepted = anonymous + live + evicted + erased}, exactly. Immutable.
 *
 * @param offered the events that were offered
 * @param accepted the events that were counted
 * @param dropped the events that were not, by reason; each reason is present
 * @param warnings what was remarkable about accepted events; each warning is present
 * @param anonymous the accepted events without a customer
 * @param live the accepted events of customers who are held now
 * @param evicted the accepted events of customers who were evicted or expired
 * @param erased the accepted events of customers who were erased
 * @param customers the number of customers held now
 * @param paused whether everything is dropped at present
 * @param degraded whether events that should have counted were lost within the last five minutes, or the snapshot is not
 *     in order
 * @param store how the store is doing; {@link StoreStatus#NOTHING_YET} without one
 */
public record Health(
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
        StoreStatus store) {

    /** Copies the maps. */
    public Health {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        warnings = Collections.unmodifiableMap(new TreeMap<>(warnings));
    }

    /** Returns the number of events that were dropped for a reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Returns the number of all events that were dropped. */
    public long totalDropped() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how often something remarkable was seen. */
    public long warnings(Warning warning) {
        return warnings.getOrDefault(warning, 0L);
    }
}
