package dev.touchstone.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIdTest {

    private static final byte[] SECRET = "a secret of at least 32 bytes, really".getBytes(UTF_8);
    private static final PseudonymKey KEY = PseudonymKey.of(SECRET);

    @Test
    void theKeyIsTheFirstHalfOfAnHmacUnderTheSecret() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        mac.update((byte) 0);
        String expected = HexFormat.of().formatHex(mac.doFinal("ada".getBytes(UTF_8)), 0, 16);

        assertThat(CustomerId.of("ada").key(KEY)).hasToString(expected);
        assertThat(CustomerId.of("ada").key(KEY)).isEqualTo(CustomerKey.parse(expected));
    }

    @Test
    void neverPrintsTheId() {
        assertThat(CustomerId.of("ada")).hasToString("***");
        assertThat(KEY.toString()).doesNotContain("secret").contains(KEY.id());
    }

    @Test
    void aGuestIsNeverACustomerWhateverTheText() {
        assertThat(CustomerId.anonymous("ada").key(KEY))
                .isNotEqualTo(CustomerId.of("ada").key(KEY));
        assertThat(CustomerId.anonymous("ada")).isNotEqualTo(CustomerId.of("ada"));
    }

    @Test
    void whiteSpaceAtTheEndsAndUnicodeFormDoNotMatterButCaseDoes() {
        assertThat(CustomerId.of(" jos\u00e9\t").key(KEY))
                .isEqualTo(CustomerId.of("jose\u0301").key(KEY));
        assertThat(CustomerId.of("Ada").key(KEY))
                .isNotEqualTo(CustomerId.of("ada").key(KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\nb",
                "a\u202Eb",
                "a\u2066b",
                "\uD800",
                "b\uDC00x",
            })
    void controlCharactersAndLoneSurrogatesAreMalformed(String id) {
        assertThat(CustomerId.of(id).isValid()).isFalse();
        assertThat(CustomerId.of(id).isBlank()).isFalse();
        assertThatThrownBy(() -> CustomerId.of(id).key(KEY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void moreThan256BytesAreMalformed() {
        assertThat(CustomerId.of("a".repeat(256)).isValid()).isTrue();
        assertThat(CustomerId.of("a".repeat(257)).isValid()).isFalse();
        assertThat(CustomerId.of("\u20ac".repeat(85)).isValid()).isTrue();
        assertThat(CustomerId.of("\u20ac".repeat(86)).isValid()).isFalse();
        assertThat(CustomerId.of(" ".repeat(10_000_000)).isValid()).isFalse();
    }

    @Test
    void nothingIsBlank() {
        assertThat(CustomerId.of(null).isBlank()).isTrue();
        assertThat(CustomerId.of(" \t").isBlank()).isTrue();
        assertThat(CustomerId.of("").isValid()).isFalse();
    }

    @Test
    void aShortSecretIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> PseudonymKey.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("openssl rand");
    }

    @Test
    void theKeyIdTellsKeysApart() {
        assertThat(PseudonymKey.of(SECRET).id()).isEqualTo(KEY.id()).hasSize(8);
        assertThat(PseudonymKey.random().id()).isNotEqualTo(KEY.id());
    }

    @Test
    void aKeyIsReadFromWhatItPrints() {
        CustomerKey key = CustomerId.of("ada").key(KEY);
        assertThat(CustomerKey.parse(key.toString())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThatThrownBy(() -> CustomerKey.parse("12")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CustomerKey.parse("x".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }
}
