package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState.Tombstone;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A customer who is identified or erased while an event joins a small group. */
class MembershipTest {

    private static final CustomerKey GUEST = new CustomerKey(1, 2);
    private static final CustomerKey ADA = new CustomerKey(3, 4);
    private static final long NOW = 1_000;

    private final SmallGroup group = new SmallGroup();
    private final Tombstones tombstones = new Tombstones();

    /** Joins a group while the person of the customer changes from the first to the second. */
    private void join(CustomerKey customer, CustomerKey before, CustomerKey after) {
        Iterator<CustomerKey> persons = List.of(before, after).iterator();
        new Membership(asked -> persons.next(), tombstones).join(group, customer, NOW);
    }

    private void erase(CustomerKey customer, long atMs) {
        tombstones.restore(List.of(new Tombstone(1, customer, atMs)));
    }

    @Test
    void guestWhoIsIdentifiedMeanwhileJoinsAsTheCustomer() {
        join(GUEST, GUEST, ADA);
        assertThat(group.containsAny(List.of(ADA))).isTrue();
        assertThat(group.containsAny(List.of(GUEST))).isFalse();
    }

    @Test
    void customerWhoIsErasedMeanwhileIsNoMember() {
        erase(ADA, NOW);
        join(ADA, ADA, ADA);
        assertThat(group.containsAny(List.of(ADA))).isFalse();
    }

    @Test
    void guestOfAnErasedCustomerIsNoMember() {
        erase(ADA, NOW);
        join(GUEST, GUEST, ADA);
        assertThat(group.containsAny(List.of(ADA, GUEST))).isFalse();
    }

    @Test
    void erasedGuestIsNoMember() {
        erase(GUEST, NOW);
        join(GUEST, ADA, ADA);
        assertThat(group.containsAny(List.of(ADA, GUEST))).isFalse();
    }

    @Test
    void customerWhoComesBackAfterTheErasureIsAMember() {
        erase(ADA, NOW - 1);
        join(ADA, ADA, ADA);
        assertThat(group.containsAny(List.of(ADA))).isTrue();
    }
}
