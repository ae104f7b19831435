package dev.touchstone;

import dev.touchstone.TouchpointState.Declaration;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.internal.Pace;
import org.jspecify.annotations.Nullable;

/**
 * An event that will be counted, with all that was left open decided.
 *
 * @param event the event as it was offered
 * @param touchpoint the touchpoint where it counts, which may be {@code other}
 * @param declaration what was declared of the touchpoint when the event arrived
 * @param channel the channel in which it happened
 * @param cell the cell in which it counts, which may be that of {@code other}
 * @param customer to whom it happened; null for nobody in particular
 * @param timeMs when it happened
 * @param nowMs when it arrived
 * @param pace what is usual at the touchpoint
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
