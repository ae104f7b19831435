package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.StoreKeys;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of one customer: those of yesterday are read today, and those of tomorrow too. */
class StoredCustomersTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/touchstone/partition/customer-1.hex");
    private static final PseudonymKey KEY = PseudonymKey.of("the key of the partitions, long enough".getBytes(UTF_8));
    private static final CustomerKey ADA = CustomerId.of("ada").key(KEY);
    private static final byte[] OF_ADA = StoreKeys.CUSTOMERS.of(ADA);
    // part 99 with three bytes
    private static final byte[] LATER = {99, 3, 1, 2, 3};

    private final MemoryBytes bytes = new MemoryBytes();
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private PartitionStore open() {
        return opened(builder());
    }

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(KEY)
                .lifetime()
                .prediction()
                .care()
                .catalog(c -> c.journey(
                                "purchase",
                                j -> j.timeout(Duration.ofMinutes(30)).ends("pay"))
                        .touchpoint("basket", t -> t.journey("purchase").target(Duration.ofMillis(300)))
                        .touchpoint("pay", t -> t.journey("purchase").importance(3)));
    }

    private Touchstone touchstone;

    private PartitionStore opened(TouchstoneBuilder builder) {
        PartitionStore store = new PartitionStore(bytes);
        touchstone = builder.store(store).build();
        return store;
    }

    private void record(TouchpointEvent.Builder event) {
        touchstone.record(event.customer(ADA).build());
    }

    /** Does everything of which a customer's bytes have a part. */
    private void live(PartitionStore store) {
        record(TouchpointEvent.builder("search").duration(Duration.ofMillis(180)));
        record(TouchpointEvent.builder("search").feedback(Feedback.nps(3)));
        record(TouchpointEvent.builder("basket").duration(Duration.ofMillis(900)));
        clock.advance(Duration.ofMinutes(5));
        record(TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        store.partition().flush();
    }

    @Test
    void bytesAreThoseOfTheGoldenFile() throws IOException {
        live(open());
        String hex = HexFormat.of().formatHex(bytes.get(OF_ADA));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, hex + "\n");
        }
        assertThat(hex)
                .as("the bytes of a customer; a part never changes, what is new gets a part of its own")
                .isEqualTo(Files.readString(GOLDEN).strip());
    }

    @Test
    void goldenFileIsRead() throws IOException {
        live(open());
        String known = touchstone.customer(ADA).toString();
        bytes.put(OF_ADA, HexFormat.of().parseHex(Files.readString(GOLDEN).strip()));
        open();
        CustomerExperience ada = touchstone.customer(ADA);
        assertThat(ada.toString()).isEqualTo(known);
        assertThat(ada.count()).isEqualTo(4);
        assertThat(ada.openJourneys()).hasSize(1);
        assertThat(ada.isAtRisk()).isTrue();
        assertThat(ada.predicted()).isPresent();
        assertThat(ada.lifetimeExperience().isPresent()).isTrue();
    }

    @Test
    void partOfANewerVersionIsCarriedOn() {
        PartitionStore store = open();
        live(store);
        byte[] own = bytes.get(OF_ADA);
        byte[] newer = Arrays.copyOf(own, own.length + LATER.length);
        System.arraycopy(LATER, 0, newer, own.length, LATER.length);
        bytes.put(OF_ADA, newer);
        record(TouchpointEvent.builder("search"));
        store.partition().flush();
        byte[] written = bytes.get(OF_ADA);
        assertThat(touchstone.customer(ADA).count()).isEqualTo(5);
        assertThat(Arrays.copyOfRange(written, written.length - LATER.length, written.length))
                .isEqualTo(LATER);
    }

    @Test
    void newerFormatEndsTheWorkInsteadOfLosingTheEvent() {
        PartitionStore store = open();
        live(store);
        byte[] newer = bytes.get(OF_ADA);
        newer[0]++;
        bytes.put(OF_ADA, newer);
        record(TouchpointEvent.builder("search"));
        assertThatThrownBy(() -> store.partition().flush())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void whatIsNotUsedIsLeftOut() {
        live(open());
        PartitionStore plain = opened(Touchstone.builder().clock(clock).pseudonymKey(KEY));
        assertThat(touchstone.customer(ADA).lifetimeExperience().isPresent()).isFalse();
        record(TouchpointEvent.builder("search"));
        plain.partition().flush();
        assertThat(touchstone.customer(ADA).count()).isEqualTo(5);
    }

    @Test
    void customerExpiresWithoutAScanOfAllCustomers() {
        PartitionStore store = open();
        live(store);
        long dueMs = store.partition().dueMs();
        assertThat(dueMs)
                .as("the journey")
                .isEqualTo(clock.millis() + Duration.ofMinutes(30).toMillis() + 1);
        clock.advance(Duration.ofDays(181));
        store.partition().sweep();
        assertThat(store.partition().flush().customers())
                .extracting(customer -> customer.bytes() == null ? "gone" : "there")
                .isEqualTo(List.of("gone"));
        assertThat(bytes.get(OF_ADA)).isNull();
        assertThat(bytes.entries.subMap(StoreKeys.DUE.first(), StoreKeys.DUE.end()))
                .isEmpty();
    }
}
