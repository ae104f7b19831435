package dev.touchstone;

import dev.touchstone.TouchpointState.Declaration;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.internal.Pace;
import org.jspecify.annotations.Nullable;

/**
 * An admitted event with everything resolved that the caller left open.
 *
 * @param event the event as offered
 * @param touchpoint the touchpoint where it counts, which may be {@code other}
 * @param declaration the declaration of the touchpoint when the event arrived
 * @param channel the channel of the event
 * @param cell the cell where it counts, which may be that of {@code other}
 * @param customer the customer of the event; null if anonymous
 * @param timeMs the time of the event
 * @param nowMs the time of its arrival
 * @param pace the usual pace at the touchpoint
 */
record Admitted(
        TouchpointEvent event,
        TouchpointState touchpoint,
        Declaration declaration,
        Channel channel,
        Cell cell,
        @Nullable CustomerKey customer,
        long timeMs,
        long nowMs,
        Pace.Reading pace)
        implements Fate {

    /** Returns the event as listeners receive it. */
    TouchpointEvent announced() {
        return event.toBuilder()
                .touchpoint(declaration.definition().name())
                .customer(customer)
                .channel(channel)
                .timeMs(timeMs)
                .build();
    }
}
