package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while the thread that makes room makes no progress. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvictionOrderTest {

    private static final int MAXIMUM = 1000;
    private static final int MARGIN = 10;

    private final PseudonymKey key = PseudonymKey.random();
    private final CustomerFold fold = new CustomerFold(new Assessor(ScoreModel.STANDARD), false);
    private final Map<CustomerKey, CustomerRecord> table = new ConcurrentHashMap<>();
    private final Stalling evictor = new Stalling();
    private final EvictionOrder order =
            new EvictionOrder(MAXIMUM, Duration.ofMinutes(30).toMillis(), table::size, () -> 1_000_000, evictor);
    private int largest;

    @Test
    void tableStaysWithinOnePercentWhileTheThreadThatMakesRoomIsStalled() {
        arrive("early", MAXIMUM, true);
        evictor.meanwhile = () -> arrive("late", 5 * MAXIMUM, true);
        arrive("one", 1, true);

        assertThat(evictor.meanwhile).as("it was stalled").isNull();
        assertThat(largest).isBetween(MAXIMUM + MARGIN, MAXIMUM + MARGIN + 2);
        assertThat(table).hasSize(MAXIMUM);
        assertThat(evictor.crowded)
                .as("guests with one event are no active customers")
                .isZero();
    }

    @Test
    void guestsOfOneEventGoBeforeKnownCustomersWhileItIsStalled() {
        arrive("early", MAXIMUM, true);
        evictor.meanwhile = () -> {
            for (int i = 0; i < 5; i++) {
                arrive("guest" + i, 20, true);
                arrive("known" + i, 1, false);
            }
        };
        arrive("one", 1, true);

        assertThat(table.keySet().stream().filter(customer -> !customer.isGuest()))
                .hasSize(5);
        assertThat(evictor.crowded).isZero();
    }

    @Test
    void evictedKnownCustomersAreCountedWhileItIsStalled() {
        arrive("early", MAXIMUM, false);
        evictor.meanwhile = () -> arrive("late", 100, false);
        arrive("one", 1, false);

        assertThat(table).hasSize(MAXIMUM);
        assertThat(evictor.crowded).isEqualTo(101);
    }

    private void arrive(String name, int customers, boolean guests) {
        for (int i = 0; i < customers; i++) {
            CustomerId id = guests ? CustomerId.anonymous(name + i) : CustomerId.of(name + i);
            CustomerKey customer = id.key(key);
            CustomerRecord record = new CustomerRecord(customer, fold);
            record.lastSeenMs = 1_000_000;
            record.events = 1;
            order.add(record);
            table.put(customer, record);
            order.changed(record);
            largest = Math.max(largest, table.size());
            order.settle();
        }
    }

    /** Does something on another thread while it evicts for the first time. */
    private final class Stalling implements EvictionOrder.Evictor {

        private Runnable meanwhile;
        private long crowded;

        @Override
        public void retire(CustomerKey customer, CustomerRecord record) {
            record.retire(fold.newState());
            order.changed(record);
        }

        @Override
        public void remove(CustomerKey customer, CustomerRecord record) {
            Runnable running = meanwhile;
            meanwhile = null;
            if (running != null) {
                Thread other = new Thread(running, "meanwhile");
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            table.remove(customer, record);
        }

        @Override
        public void crowded(long customers) {
            crowded += customers;
        }
    }
}
