package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recording on the last frames of a stack: an event may be dropped there, and it is counted as dropped. */
class EndOfStackTest {

    private static final int STACK = 256 * 1024;
    private static final int LAST_FRAMES = 500;
    private static final int THREADS = 20;
    /** So many calls of a thread may begin and find no room to offer anything. */
    private static final long BEGUN_IN_VAIN = 2;

    private final List<TouchpointEvent> events = new ArrayList<>();
    private long recorded;
    // calls that did not even begin, as the application sees: their number depends on the size of compiled frames
    private long refused;

    @Test
    @Timeout(120)
    void countsBalanceAtTheEndOfAStack() throws InterruptedException {
        Engine engine = recordAtTheEndOfStacks(50);
        Health health = engine.health();
        assertThat(health.dropped(DropReason.ERROR)).as("some were dropped").isPositive();
        assertThat(health.offered())
                .as("nothing is counted twice, and nothing is lost once it has begun")
                .isBetween(recorded - refused - THREADS * BEGUN_IN_VAIN, recorded);
        assertThat(engine.recount()).isEqualTo(health.live());
        engine.close();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noThreadSpinsWhenCustomersAreEvicted() throws InterruptedException {
        Engine engine = recordAtTheEndOfStacks(10);
        assertThat(engine.health().evicted()).isPositive();
        engine.sweep();
        assertThat(engine.health().customers()).isLessThanOrEqualTo(10);
        engine.close();
    }

    /** Returns an instance that recorded in the last frames of many threads, for forty customers. */
    private Engine recordAtTheEndOfStacks(int maximumCustomers) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            events.add(TouchpointEvent.builder("search")
                    .customer(i % 5 == 0 ? null : CustomerId.of("customer-" + i))
                    .durationMs(20)
                    .build());
        }
        Engine engine = (Engine) Touchstone.builder()
                .maximumCustomers(maximumCustomers)
                .listener((event, touchpoint, assessment) -> {
                    throw new IllegalStateException(); // so that what handles failures is loaded
                })
                .build();
        engine.record(null);
        recorded = 1L + events.size();
        events.forEach(engine::record); // no class is to be initialized for the first time without a stack
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(null, () -> dive(engine), "diver-" + i, STACK);
            thread.start();
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        return engine;
    }

    /** Calls itself until the stack ends, and records in each of the last frames. Returns how many are below. */
    @SuppressWarnings("InfiniteRecursion") // that is the point
    private int dive(Engine engine) {
        int below;
        try {
            below = dive(engine) + 1;
        } catch (StackOverflowError end) {
            below = 0;
        }
        if (below < LAST_FRAMES) {
            recorded++; // without a call
            try {
                engine.record(events.get(below % 50));
            } catch (StackOverflowError notEvenOneCall) {
                refused++;
                return below;
            }
        }
        return below;
    }
}
