package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ErasureProperties {

    /**
     * L10: after an erasure, what a customer does later scores as if never seen. Touchpoints keep their pace, so the
     * earlier events belong to another customer in the comparison.
     */
    @Property(tries = 300)
    void whatFollowsAnErasureScoresAsIfNeverSeen(
            @ForAll long seed, @ForAll @IntRange(max = 30) int before, @ForAll @IntRange(min = 1, max = 15) int after) {
        assertThat(afterwards(seed, before, after, Trials.customer(0), true))
                .isEqualTo(afterwards(seed, before, after, CustomerId.of("another"), false));
    }

    private static String afterwards(long seed, int before, int after, CustomerId who, boolean erased) {
        Random random = new Random(seed);
        ManualClock clock = ManualClock.at(Trials.START);
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            for (int i = 0; i < before; i++) {
                touchstone.record(Trials.event(random, clock).toBuilder()
                        .customer(who)
                        .id("before-" + i)
                        .build());
                clock.advance(Duration.ofSeconds(random.nextInt(2_000)));
            }
            if (erased) {
                touchstone.erase(who);
            }
            clock.advance(Duration.ofMillis(1));
            for (int i = 0; i < after; i++) {
                TouchpointEvent.Builder event = Trials.event(random, clock).toBuilder();
                touchstone.record(event.customer(Trials.customer(0))
                        .id("after-" + i)
                        .timeMs(clock.millis())
                        .build());
                clock.advance(Duration.ofSeconds(random.nextInt(2_000)));
            }
            assertThat(touchstone.health().accepted()).isEqualTo(before + after);
            return touchstone.customer(Trials.customer(0)).toString();
        }
    }
}
