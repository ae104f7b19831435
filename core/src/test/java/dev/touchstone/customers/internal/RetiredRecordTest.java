package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.JourneyObserver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A record that was retired and, since that failed, never removed. */
class RetiredRecordTest {

    private static final CustomerKey ADA = new CustomerKey(1, 2);
    private static final CustomerKey GUEST = new CustomerKey(3, 4);
    private static final int OTHERS = 100;

    private final FailingObserver observer = new FailingObserver();
    private final CustomerBook book = new CustomerBook(
            new CustomerFold(new Assessor(ScoreModel.STANDARD), false),
            CustomerBook.Keeps.SCORES,
            observer,
            new Tombstones(),
            () -> 1_000,
            OTHERS,
            Duration.ofMinutes(30),
            Duration.ofDays(180));

    private String record(CustomerKey customer, long timeMs) {
        return book.change(customer, timeMs, "done", (input, key, state) -> input);
    }

    /** Evicts a customer, which fails between retiring and removing the record. */
    private void leaveRetired(CustomerKey customer) {
        record(customer, 1_000);
        for (int i = 0; i < OTHERS; i++) {
            record(new CustomerKey(i, i), 1_000);
        }
        observer.fails = true;
        assertThatThrownBy(book::makeRoom).isInstanceOf(StackOverflowError.class);
        observer.fails = false;
        assertThat(book.saved(customer)).as("retired").isEmpty();
        assertThat(book.size()).as("with the retired record").isEqualTo(OTHERS + 1);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isRemovedByTheNextRecorder() {
        leaveRetired(ADA);
        assertThat(record(ADA, 1_001)).isEqualTo("done");
        assertThat(record(ADA, 1_002)).isEqualTo("done");
        assertThat(book.recount()).isEqualTo(OTHERS + 2);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isRemovedByTheNextMerge() {
        leaveRetired(ADA);
        record(GUEST, 1_001);
        book.identify(GUEST, ADA);
        assertThat(book.recount()).as("one of the others was evicted").isEqualTo(OTHERS);
        assertThat(book.saved(ADA)).isPresent();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void guestWhoseMergeFailsIsMergedByTheNextIdentification() {
        record(ADA, 1_000);
        record(GUEST, 1_000);
        record(GUEST, 1_001);
        observer.journeysFail = true;
        assertThatThrownBy(() -> book.identify(GUEST, ADA)).isInstanceOf(StackOverflowError.class);
        observer.journeysFail = false;
        assertThat(book.recount()).as("no event is lost").isEqualTo(3);
        assertThat(record(GUEST, 1_002)).isEqualTo("done");
        book.identify(GUEST, ADA);
        assertThat(book.recount()).isEqualTo(4);
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void guestWhoseMergeFailsIsErasedWithTheCustomer() {
        record(GUEST, 1_000);
        observer.journeysFail = true;
        assertThatThrownBy(() -> book.identify(GUEST, ADA)).isInstanceOf(StackOverflowError.class);
        observer.journeysFail = false;
        book.erase(List.of(ADA), 1_001);
        assertThat(book.recount()).isZero();
        assertThat(book.size()).isZero();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isRemovedByTheErasureThatFailed() {
        record(ADA, 1_000);
        observer.fails = true;
        assertThatThrownBy(() -> book.erase(List.of(ADA), 1_000)).isInstanceOf(StackOverflowError.class);
        observer.fails = false;
        assertThat(book.size()).isZero();
        book.erase(List.of(ADA), 1_001);
        assertThat(record(ADA, 1_002)).isEqualTo("done");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isRemovedByTheSweepAfterAnEvictionThatFailed() {
        leaveRetired(ADA);
        book.sweep(1_000, journey -> true);
        assertThat(book.size()).isEqualTo(OTHERS);
        assertThat(book.recount()).as("each has one event").isEqualTo(OTHERS);
    }

    private static final class FailingObserver extends SilentObserver {

        private boolean fails;
        private boolean journeysFail;

        @Override
        public JourneyObserver journeysOf(CustomerKey customer) {
            if (journeysFail) {
                throw new StackOverflowError();
            }
            return super.journeysOf(customer);
        }

        @Override
        public void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause) {
            if (fails) {
                throw new StackOverflowError();
            }
        }

        @Override
        public void erased(CustomerKey customer, long events) {
            if (fails) {
                throw new StackOverflowError();
            }
        }
    }
}
