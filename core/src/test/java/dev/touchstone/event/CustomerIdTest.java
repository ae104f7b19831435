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

    @Test
    void moreWhiteSpaceThanAnIdMayHaveIsMalformed() {
        assertThat(CustomerId.of(" ".repeat(256)).isBlank()).isTrue();
        assertThat(CustomerId.of(" ".repeat(257)).isBlank()).isFalse();
        assertThat(CustomerId.of(" ".repeat(257)).isValid()).isFalse();
    }

    @Test
    void lengthIsThatInUtf8() {
        assertThat(CustomerId.of("\u07ff".repeat(128)).isValid()).isTrue();
        assertThat(CustomerId.of("\u07ff".repeat(129)).isValid()).isFalse();
        assertThat(CustomerId.of("\u0800".repeat(85)).isValid()).isTrue();
        assertThat(CustomerId.of("\u0800".repeat(86)).isValid()).isFalse();
        assertThat(CustomerId.of("\uffee".repeat(85)).isValid()).isTrue();
        assertThat(CustomerId.of("\uffee".repeat(86)).isValid()).isFalse();
        assertThat(CustomerId.of("\ud800\udc00".repeat(64)).isValid()).isTrue();
        assertThat(CustomerId.of("\ud800\udc00".repeat(65)).isValid()).isFalse();
    }

    @Test
    void everyBidirectionalControlIsMalformedAndItsNeighborsAreNot() {
        String controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
        controls.chars()
                .forEach(control -> assertThat(
                                CustomerId.of("a" + (char) control + "b").isValid())
                        .isFalse());
        for (char neighbor :
                new char[] {'\u061b', '\u061d', '\u200d', '\u2010', '\u2029', '\u202f', '\u2065', '\u206a'}) {
            assertThat(CustomerId.of("a" + neighbor + "b").isValid())
                    .as(Integer.toHexString(neighbor))
                    .isTrue();
        }
    }

    @Test
    void idsAreEqualIfTheyMeanTheSameCustomer() {
        CustomerId ada = CustomerId.of("ada");
        assertThat(ada).isEqualTo(CustomerId.of(" ada ")).hasSameHashCodeAs(CustomerId.of(" ada "));
        assertThat(ada).isNotEqualTo(CustomerId.of("bob")).isNotEqualTo(CustomerId.anonymous("ada"));
        assertThat(CustomerId.of("")).isNotEqualTo(CustomerId.of("x".repeat(300)));
        assertThat(CustomerId.of("a\u0000b"))
                .isEqualTo(CustomerId.of("a\u0000b"))
                .isNotEqualTo(CustomerId.of("a\u0000c"));
        assertThat(ada.hashCode()).isEqualTo(31 * "ada".hashCode());
        assertThat(CustomerId.anonymous("ada").hashCode()).isEqualTo(31 * "ada".hashCode() + 1);
        assertThat(ada.isAnonymous()).isFalse();
        assertThat(CustomerId.anonymous("ada").isAnonymous()).isTrue();
    }
}
