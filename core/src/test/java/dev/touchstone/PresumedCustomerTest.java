package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Warning;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a surrounding layer says of an interaction, which what is said inside it outweighs. */
class PresumedCustomerTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private final Touchstone touchstone = Touchstone.create();

    @AfterEach
    void close() {
        touchstone.close();
    }

    @Test
    void aPresumedCustomerHoldsIfNobodyIsNamed() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.presume(source -> ADA, "request").succeed();
        }
        assertThat(touchstone.customer(ADA).count()).isOne();
    }

    @Test
    void aNamedCustomerOutweighsThePresumedOneWheneverItIsNamed() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.presume(source -> ADA, "early");
            visit.customer(BOB);
            visit.presume(source -> ADA, "late");
            visit.succeed();
        }
        assertThat(touchstone.customer(BOB).count()).isOne();
        assertThat(touchstone.customer(ADA).count()).isZero();
    }

    @Test
    void nobodyCanBeNamedToo() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.customer((CustomerId) null);
            visit.presume(source -> ADA, "late");
            visit.succeed();
        }
        assertThat(touchstone.customer(ADA).count()).isZero();
        assertThat(touchstone.health().anonymous()).isOne();
    }

    @Test
    void theLastPresumptionHoldsAndOneThatFindsNobodyIsNone() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.presume(source -> ADA, "early");
            visit.presume(source -> BOB, "later");
            visit.presume(source -> null, "gone");
            visit.succeed();
        }
        assertThat(touchstone.customer(BOB).count()).isOne();
    }

    @Test
    void aThrowingResolverIsCountedAndLeavesTheEarlierPresumption() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.presume(source -> ADA, "early");
            visit.presume(PresumedCustomerTest::broken, "late");
            visit.succeed();
        }
        assertThat(touchstone.customer(ADA).count()).isOne();
        assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isOne();
    }

    @Test
    void whatIsKnownOfAResolvedCustomerCanBeRead() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.customer(ADA).succeed();
        }
        assertThat(touchstone.customer(source -> ADA, "request").count()).isOne();
        assertThat(touchstone.customer(source -> null, "request")).isSameAs(CustomerExperience.unknown());
        assertThat(touchstone.customer(PresumedCustomerTest::broken, "request")).isSameAs(CustomerExperience.unknown());
        assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isOne();
        assertThat(Touchstone.noop().customer(source -> ADA, "request")).isSameAs(CustomerExperience.unknown());
    }

    @Test
    void aClassifierSettlesOnce() {
        AtomicInteger asked = new AtomicInteger();
        try (Interaction visit = touchstone.begin("search")) {
            visit.settle(status -> outcome(status, asked), 404);
            assertThat(visit.isSettled()).isTrue();
            visit.settle(status -> outcome(status, asked), 500);
        }
        assertThat(asked).hasValue(1);
        assertThat(touchstone.health().warnings(Warning.UNSETTLED)).isZero();
        // a degraded event without anything else to say
        assertThat(touchstone.scoreboard().touchpoints().get(0).totals().quality())
                .isBetween(0.4, 0.6);
    }

    @Test
    void aThrowingClassifierIsCountedAndAnotherOneMaySettle() {
        try (Interaction visit = touchstone.begin("search")) {
            visit.settle(
                    status -> {
                        throw new StackOverflowError("classifier");
                    },
                    200);
            assertThat(visit.isSettled()).isFalse();
            visit.settle(status -> Outcome.SUCCESS, 200);
        }
        assertThat(touchstone.health().warnings(Warning.CLASSIFIER_ERROR)).isOne();
        assertThat(touchstone.health().warnings(Warning.UNSETTLED)).isZero();
    }

    @Test
    void aStrictInstanceThrowsWhatAClassifierThrows() {
        try (Touchstone strict = Touchstone.builder().strict().build()) {
            Interaction visit = strict.begin("search");
            assertThatThrownBy(() -> visit.settle(
                            status -> {
                                throw new IllegalStateException("classifier");
                            },
                            200))
                    .hasMessage("classifier");
        }
    }

    private static Outcome outcome(int status, AtomicInteger asked) {
        asked.incrementAndGet();
        return status == 404 ? Outcome.DEGRADED : Outcome.FAILURE;
    }

    private static CustomerId broken(String source) {
        throw new IllegalStateException(source);
    }
}
