package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import org.junit.jupiter.api.Test;

class PseudonymMemoTest {

    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final PseudonymKey key = PseudonymKey.of(SECRET);

    @Test
    void pseudonymIsComputedOnce() {
        CustomerKey first = CustomerId.of("ada").key(key);

        assertThat(CustomerId.of("ada").key(key)).isSameAs(first);
    }

    @Test
    void rememberedPseudonymIsTheComputedOne() {
        PseudonymKey other = PseudonymKey.of(SECRET);
        for (int i = 0; i < 100_000; i++) { // more than there is room for
            CustomerId id = i % 2 == 0 ? CustomerId.of("customer " + i / 2) : CustomerId.anonymous("customer " + i / 2);
            CustomerKey remembered = id.key(key);
            assertThat(remembered).isEqualTo(id.key(key));
            assertThat(remembered.isGuest()).isEqualTo(id.isAnonymous());
            if (i % 97 == 0) {
                assertThat(remembered)
                        .isEqualTo(other.compute(id.isAnonymous() ? CustomerId.ANONYMOUS : 0, "customer " + i / 2));
            }
        }
    }

    @Test
    void guestAndCustomerOfTheSameNameAreTwo() {
        assertThat(CustomerId.of("ada").key(key))
                .isNotEqualTo(CustomerId.anonymous("ada").key(key));
        assertThat(CustomerId.of("ada").key(key))
                .isNotEqualTo(CustomerId.anonymous("ada").key(key));
    }

    @Test
    void erasureForgetsThePseudonym() {
        try (Touchstone touchstone = Touchstone.builder().pseudonymKey(key).build()) {
            CustomerId ada = CustomerId.of("ada");
            CustomerKey before = touchstone.key(ada);

            touchstone.erase(ada);

            assertThat(touchstone.key(ada)).isEqualTo(before).isNotSameAs(before);
        }
    }
}
