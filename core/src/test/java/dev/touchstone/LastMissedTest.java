package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last customers who missed what could be expected at a touchpoint. */
class LastMissedTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final CustomerId ada = CustomerId.of("ada");
    private final CustomerId bob = CustomerId.of("bob");
    private Touchstone touchstone =
            Touchstone.builder().clock(clock).strict().showSmallGroups().build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    private void at(String touchpoint, CustomerId customer, Outcome outcome) {
        clock.advance(Duration.ofSeconds(1));
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .outcome(outcome)
                .build());
    }

    private void fails(CustomerId customer) {
        at("pay", customer, Outcome.FAILURE);
    }

    private List<String> missed() {
        List<String> names = new ArrayList<>();
        touchstone.lastMissed("pay").keySet().forEach(key -> names.add(name(key.toString())));
        return names;
    }

    private String name(String key) {
        for (CustomerId known : List.of(ada, bob, CustomerId.anonymous("guest"))) {
            if (touchstone.key(known).toString().equals(key)) {
                return known.equals(ada) ? "ada" : known.equals(bob) ? "bob" : "guest";
            }
        }
        return "another";
    }

    @Test
    void lastToMissComesFirstAndEachOnce() {
        fails(ada);
        fails(bob);
        at("search", ada, Outcome.FAILURE);
        at("pay", ada, Outcome.SUCCESS);
        assertThat(missed()).containsExactly("bob", "ada");
        fails(ada);
        Instant lastOfAda = clock.instant();
        assertThat(missed()).containsExactly("ada", "bob");
        assertThat(touchstone.lastMissed("pay")).containsValue(lastOfAda).hasSize(2);
        assertThat(touchstone.lastMissed("basket")).isEmpty();
        assertThat(touchstone.lastMissed(null)).isEmpty();
    }

    @Test
    void thereAreTenAtMost() {
        fails(ada);
        for (int i = 0; i < 10; i++) {
            fails(CustomerId.of("c" + i));
        }
        assertThat(missed()).hasSize(10).doesNotContain("ada");
    }

    @Test
    void erasedCustomerIsForgotten() {
        fails(ada);
        fails(bob);
        touchstone.erase(ada);
        assertThat(missed()).containsExactly("bob");
        assertThat(((Engine) touchstone).remembered("pay")).isOne();
    }

    @Test
    void exportSaysWhereTheCustomerIsRemembered() {
        fails(ada);
        assertThat(touchstone.export(ada).records().get(0).data().get("lastMissed"))
                .isEqualTo(Map.of("pay", clock.instant()));
        assertThat(touchstone.export(bob).records().get(0).data().get("lastMissed"))
                .isEqualTo(Map.of());
    }

    @Test
    void identifiedGuestIsTheCustomer() {
        CustomerId guest = CustomerId.anonymous("guest");
        fails(guest);
        fails(bob);
        assertThat(missed()).containsExactly("bob", "guest");
        touchstone.identify(guest, ada);
        assertThat(missed()).containsExactly("bob", "ada");
        fails(guest);
        assertThat(missed()).as("what is still recorded for the guest").containsExactly("ada", "bob");
    }

    @Test
    void guestAndCustomerWhoBothMissedAreAsLateAsTheLater() {
        CustomerId guest = CustomerId.anonymous("guest");
        fails(ada);
        fails(bob);
        fails(guest);
        touchstone.identify(guest, ada);
        assertThat(missed()).containsExactly("ada", "bob");
        assertThat(touchstone.lastMissed("pay").values()).first().isEqualTo(clock.instant());
    }

    @Test
    void earlierGuestDoesNotMoveTheCustomer() {
        CustomerId guest = CustomerId.anonymous("guest");
        fails(guest);
        fails(bob);
        fails(ada);
        touchstone.identify(guest, ada);
        assertThat(missed()).containsExactly("ada", "bob");
        assertThat(touchstone.lastMissed("pay").values()).first().isEqualTo(clock.instant());
    }

    @Test
    void evictedCustomerIsForgotten() {
        touchstone.close();
        touchstone = Touchstone.builder()
                .clock(clock)
                .showSmallGroups()
                .maximumCustomers(1)
                .build();
        fails(ada);
        at("search", bob, Outcome.SUCCESS);
        assertThat(missed()).isEmpty();
        touchstone.scoreboard();
        assertThat(((Engine) touchstone).remembered("pay")).as("swept").isZero();
    }

    @Test
    void smallGroupsAreWithheld() {
        touchstone.close();
        touchstone = Touchstone.builder().clock(clock).build();
        for (int i = 0; i < 9; i++) {
            fails(CustomerId.of("c" + i));
        }
        assertThat(touchstone.lastMissed("pay")).isEmpty();
        fails(ada);
        assertThat(touchstone.lastMissed("pay")).hasSize(10);
    }

    /** As the threads of a server: one after the other here, in different stripes. */
    @Test
    void customersOfAllThreadsAreInOneOrder() throws InterruptedException {
        LastMissed missed = new LastMissed();
        for (int i = 0; i < 20; i++) {
            int arrival = i;
            Thread thread = new Thread(() -> missed.add(new CustomerKey(0, arrival % 15), arrival, 1_000 + arrival));
            thread.start();
            thread.join();
        }
        List<CustomerKey> latestFirst = new ArrayList<>();
        for (int i = 19; i >= 10; i--) {
            latestFirst.add(new CustomerKey(0, i % 15));
        }
        assertThat(missed.read().keySet()).containsExactlyElementsOf(latestFirst);
        assertThat(missed.read()).containsEntry(new CustomerKey(0, 4), Instant.ofEpochMilli(19));
        missed.replace(new CustomerKey(0, 4), new CustomerKey(0, 3));
        missed.remove(new CustomerKey(0, 2));
        assertThat(missed.read())
                .containsEntry(new CustomerKey(0, 3), Instant.ofEpochMilli(19))
                .doesNotContainKeys(new CustomerKey(0, 4), new CustomerKey(0, 2));
        missed.retain(customer -> false);
        assertThat(missed.read()).isEmpty();
        missed.add(new CustomerKey(0, 1), 5, 2_000);
        missed.add(new CustomerKey(0, 2), 4, 2_000);
        assertThat(missed.read().keySet())
                .as("of one millisecond and thread")
                .containsExactly(new CustomerKey(0, 2), new CustomerKey(0, 1));
    }
}
