package dev.touchstone.customers.internal;

import static dev.touchstone.customers.internal.CountedBook.ADA;
import static dev.touchstone.customers.internal.CountedBook.BOB;
import static dev.touchstone.customers.internal.CountedBook.CYD;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.touchstone.state.EngineState.Tombstone;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What two or three threads may see of the customers in memory: every event is accounted for once. */
final class BookStress {

    private BookStress() {}

    /** Two customers where there is room for one. */
    @JCStressTest
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "one of them is evicted, with the event")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class RecordAgainstEviction {

        private final CountedBook book = new CountedBook(1);

        @Actor
        public void recordAda() {
            book.record(ADA);
        }

        @Actor
        public void recordBob() {
            book.record(BOB);
        }

        @Arbiter
        public void count(III_Result result) {
            book.book.makeRoom();
            result.r1 = book.accepted();
            result.r2 = book.live();
            result.r3 = book.evicted();
        }
    }

    /** A customer who goes on while another one takes the only place. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "all are held or counted as evicted")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class RecordAgainstOwnEviction {

        private final CountedBook book = new CountedBook(1);

        public RecordAgainstOwnEviction() {
            book.record(ADA);
        }

        @Actor
        public void goOn() {
            book.record(ADA);
        }

        @Actor
        public void takeThePlace() {
            book.record(BOB);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = book.accepted();
            result.r2 = book.unexplained();
        }
    }

    /** An event that happens at the instant of erasure. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "erased first: the event is dropped")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "recorded first: the event is erased")
    @Outcome(expect = FORBIDDEN, desc = "an event survives the erasure, is lost or doubled")
    @State
    public static class RecordAgainstErasure {

        private final CountedBook book = new CountedBook(10);

        @Actor
        public void record(III_Result result) {
            result.r1 = book.record(ADA);
        }

        @Actor
        public void erase() {
            book.erase(ADA);
        }

        @Arbiter
        public void count(III_Result result) {
            result.r2 = book.live();
            result.r3 = book.erased();
        }
    }

    /** An event that happens later than the instant of erasure. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "erased first: the customer starts afresh")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "recorded first: the event is erased with the record")
    @Outcome(expect = FORBIDDEN, desc = "an event is dropped, lost or doubled")
    @State
    public static class RecordAfterErasure {

        private final CountedBook book = new CountedBook(10);

        @Actor
        public void record(III_Result result) {
            result.r1 = book.record(ADA, 1_001);
        }

        @Actor
        public void erase() {
            book.erase(ADA);
        }

        @Arbiter
        public void count(III_Result result) {
            result.r2 = book.live();
            result.r3 = book.erased();
        }
    }

    /** A guest who goes on while being identified. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both events are with the customer")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost, doubled or left with the guest")
    @State
    public static class RecordAgainstIdentification {

        private final CountedBook book = new CountedBook(10);

        public RecordAgainstIdentification() {
            book.record(ADA);
        }

        @Actor
        public void record() {
            book.record(ADA);
        }

        @Actor
        public void identify() {
            book.book.identify(ADA, BOB);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = book.live();
            result.r2 = book.book.saved(BOB).map(saved -> (int) saved.events()).orElse(0);
        }
    }

    /** A customer whose guest is identified meanwhile goes on. */
    @JCStressTest
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "all events are with the customer")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class RecordAgainstMerge {

        private final CountedBook book = new CountedBook(10);

        public RecordAgainstMerge() {
            book.record(ADA);
            book.record(BOB);
        }

        @Actor
        public void record() {
            book.record(BOB);
        }

        @Actor
        public void identify() {
            book.book.identify(ADA, BOB);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = book.live();
            result.r2 = book.book.saved(BOB).map(saved -> (int) saved.events()).orElse(0);
        }
    }

    /** Two guests become one customer, who goes on. */
    @JCStressTest
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "all events are with the customer")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class TwoIdentifications {

        private final CountedBook book = new CountedBook(10);

        public TwoIdentifications() {
            book.record(ADA);
            book.record(BOB);
        }

        @Actor
        public void identifyAda() {
            book.book.identify(ADA, CYD);
        }

        @Actor
        public void identifyBob() {
            book.book.identify(BOB, CYD);
        }

        @Actor
        public void record() {
            book.record(CYD);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = book.live();
            result.r2 = book.book.saved(CYD).map(saved -> (int) saved.events()).orElse(0);
        }
    }

    /** A guest is identified as a customer who is erased. */
    @JCStressTest
    @Outcome(id = "2, 0, 2", expect = ACCEPTABLE, desc = "identified first: both are erased")
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "erased first: the guest's event is the customer's")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost, doubled or brought back")
    @State
    public static class IdentificationAgainstErasure {

        private final CountedBook book = new CountedBook(10);

        public IdentificationAgainstErasure() {
            book.record(ADA);
            book.record(BOB);
        }

        @Actor
        public void identify() {
            book.book.identify(ADA, BOB);
        }

        @Actor
        public void erase() {
            book.erase(BOB);
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = book.accepted();
            result.r2 = book.live();
            result.r3 = book.erased();
        }
    }

    /** A customer who comes back when the retention is over. */
    @JCStressTest
    @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "recorded first: prolonged")
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "expired first: the new event starts afresh")
    @Outcome(id = "2, 0, 2", expect = ACCEPTABLE, desc = "recorded at the earlier time, expired afterwards")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class RecordAgainstExpiry {

        private final CountedBook book = new CountedBook(10);

        public RecordAgainstExpiry() {
            book.record(ADA);
        }

        @Actor
        public void record() {
            book.record(ADA);
        }

        @Actor
        public void expire() {
            book.expire();
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = book.accepted();
            result.r2 = book.live();
            result.r3 = book.evicted();
        }
    }

    /** A customer is erased while another one takes the place. */
    @JCStressTest
    @Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "one takes the place of the other, who is evicted or erased")
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "the one who is being erased still took the place")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class EvictionAgainstErasure {

        private final CountedBook book = new CountedBook(1);

        public EvictionAgainstErasure() {
            book.record(ADA);
        }

        @Actor
        public void takeThePlace() {
            book.record(BOB);
        }

        @Actor
        public void erase() {
            book.erase(ADA);
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = book.accepted();
            result.r2 = book.unexplained();
            result.r3 = book.live();
        }
    }

    /** A copy of all customers, as a snapshot takes it. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "copied first")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "recorded first")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class RecordAgainstCopy {

        private final CountedBook book = new CountedBook(10);

        public RecordAgainstCopy() {
            book.record(ADA);
        }

        @Actor
        public void record() {
            book.record(ADA);
        }

        @Actor
        public void copy(II_Result result) {
            book.book.customers(
                    10, block -> block.customers().forEach(customer -> result.r1 += (int) customer.events()));
        }

        @Arbiter
        public void count(II_Result result) {
            result.r2 = book.live();
        }
    }

    /** A guest is identified while all customers are copied: the copy has the event once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "of the guest or of the customer")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class IdentificationAgainstCopy {

        private final CountedBook book = new CountedBook(10);
        private final CountedBook restored = new CountedBook(10);

        public IdentificationAgainstCopy() {
            book.record(ADA);
        }

        @Actor
        public void identify() {
            book.book.identify(ADA, BOB);
        }

        @Actor
        public void copy() {
            book.book.customers(10, restored.book::restore);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = restored.live();
            result.r2 = book.live();
        }
    }

    /** A reader of a customer's record. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read before the first event")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "read afterwards")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost")
    @State
    public static class RecordAgainstRead {

        private final CountedBook book = new CountedBook(10);

        @Actor
        public void record() {
            book.record(ADA);
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = book.book.saved(ADA).map(saved -> (int) saved.events()).orElse(0);
        }

        @Arbiter
        public void count(II_Result result) {
            result.r2 = book.live();
        }
    }

    /** Two erasures of one customer, and what is found of them. */
    @JCStressTest
    @Outcome(id = "0, 1, 2, 1", expect = ACCEPTABLE, desc = "numbered once, both are counted, the later instant holds")
    @Outcome(id = "1, 0, 2, 1", expect = ACCEPTABLE, desc = "the other way round")
    @Outcome(expect = FORBIDDEN, desc = "a number is given twice, or an earlier instant replaces a later one")
    @State
    public static class TwoTombstones {

        private final Tombstones tombstones = new Tombstones();

        private static int number(List<Tombstone> added) {
            return (int) added.get(0).number();
        }

        @Actor
        public void eraseEarlier(IIII_Result result) {
            result.r1 = number(tombstones.add(List.of(ADA), 10));
        }

        @Actor
        public void eraseLater(IIII_Result result) {
            result.r2 = number(tombstones.add(List.of(ADA), 20));
        }

        @Arbiter
        public void count(IIII_Result result) {
            result.r3 = (int) tombstones.count();
            result.r4 = tombstones.cover(ADA, 20) ? 1 : 0;
        }
    }

    /** An erasure and one who asks twice: what is covered stays covered. */
    @JCStressTest
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "asked before")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "asked meanwhile")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "asked afterwards")
    @Outcome(expect = FORBIDDEN, desc = "an erasure is forgotten")
    @State
    public static class TombstoneAgainstReader {

        private final Tombstones tombstones = new Tombstones();

        @Actor
        public void erase() {
            tombstones.add(List.of(ADA), 10);
        }

        @Actor
        public void expire() {
            tombstones.expire(11);
        }

        @Actor
        public void ask(III_Result result) {
            result.r1 = tombstones.cover(ADA, 10) ? 1 : 0;
            result.r2 = tombstones.cover(ADA, 10) ? 1 : 0;
        }

        @Arbiter
        public void count(III_Result result) {
            result.r3 = tombstones.cover(ADA, 10) ? 1 : 0;
        }
    }
}
