package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event that was admitted before an erasure, and reaches the book after it. */
class LateEventOfTheErasedTest {

    private static final CustomerKey ADA = new CustomerKey(1, 2);
    private static final PseudonymKey KEY = PseudonymKey.random();
    private static final CustomerKey GUEST = CustomerId.anonymous("session-1").key(KEY);
    private static final long NOW_MS = 1_000;

    private final List<String> identified = new ArrayList<>();
    private boolean failing;
    private final CustomerBook book = new CustomerBook(
            new CustomerFold(new Assessor(ScoreModel.STANDARD), false),
            CustomerBook.Keeps.SCORES,
            new Watching(),
            new Tombstones(),
            () -> NOW_MS,
            100,
            Duration.ofMinutes(30),
            Duration.ofDays(180));

    private String record(CustomerKey customer, long timeMs) {
        return book.change(customer, timeMs, "done", (input, key, state) -> input);
    }

    @Test
    void isDropped() {
        record(ADA, NOW_MS);
        book.erase(List.of(ADA), NOW_MS);
        assertThat(record(ADA, NOW_MS)).isNull();
        assertThat(book.holds(ADA)).isFalse();
        assertThat(book.recount()).isZero();
        assertThat(record(ADA, NOW_MS + 1)).isEqualTo("done");
    }

    @Test
    void isDroppedIfItMeetsARecordOfLaterEvents() {
        book.erase(List.of(ADA), NOW_MS);
        record(ADA, NOW_MS + 1);
        assertThat(record(ADA, NOW_MS)).isNull();
        assertThat(book.recount()).isOne();
    }

    @Test
    void ofAGuestIsDroppedThoughTheGuestBecameACustomer() {
        book.erase(List.of(GUEST), NOW_MS);
        book.identify(GUEST, ADA);
        assertThat(record(GUEST, NOW_MS)).isNull();
        assertThat(book.holds(ADA)).isFalse();
        assertThat(record(GUEST, NOW_MS + 1)).isEqualTo("done");
        assertThat(book.holds(ADA)).isTrue();
    }

    @Test
    void ofAGuestOfAnErasedCustomerIsDropped() {
        book.erase(List.of(ADA), NOW_MS);
        book.identify(GUEST, ADA);
        assertThat(record(GUEST, NOW_MS)).isNull();
        assertThat(book.holds(ADA)).isFalse();
    }

    @Test
    void eventThatIsNotCountedIsNotInTheRecord() {
        record(ADA, NOW_MS);
        failing = true;
        assertThatThrownBy(() -> record(ADA, NOW_MS)).isInstanceOf(OutOfMemoryError.class);
        assertThat(book.recount()).isOne();
    }

    @Test
    void guestsIdentifiedInACircleStayOneCustomer() {
        CustomerKey other = CustomerId.anonymous("session-2").key(KEY);
        record(GUEST, NOW_MS);
        record(other, NOW_MS);
        book.identify(GUEST, other);
        book.identify(other, GUEST);
        assertThat(identified).containsExactly(GUEST + " " + other);
        assertThat(book.recount()).isEqualTo(2);
        assertThat(book.size()).isOne();
        assertThat(book.aliases(List.of(GUEST, other))).hasSize(1);
    }

    private final class Watching extends SilentObserver {

        @Override
        public void recorded() {
            if (failing) {
                throw new OutOfMemoryError();
            }
        }

        @Override
        public void identified(CustomerKey guest, CustomerKey customer) {
            identified.add(guest + " " + customer);
        }
    }
}
