package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.internal.TouchpointName;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"checkout.pay", "a", "A_b-9.c", "支払い"})
    void lettersDigitsDotsUnderscoresAndDashesMakeAName(String name) {
        assertThat(TouchpointName.isDeclarable(name)).isTrue();
        assertThat(TouchpointName.isRecordable(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0e0a\u0e33\u0e23\u0e30\u0e40\u0e07\u0e34\u0e19",
                "\u092d\u0941\u0917\u0924\u093e\u0928",
                "cafe\u0301"
            })
    void marksBelongToTheLettersOfAName(String name) {
        assertThat(TouchpointName.isDeclarable(name)).isTrue();
        assertThat(TouchpointName.isRecordable(name)).isTrue();
        assertThat(Channel.isValid(name)).isTrue();
        assertThat(Channel.of(name).isKnown()).isTrue();
    }

    @Test
    void aChannelIsTheSameInEveryFormOfUnicode() {
        assertThat(Channel.of("CAFE\u0301")).isEqualTo(Channel.of("caf\u00e9")).hasToString("caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a\n", "<script>", "{x}"})
    void anythingElseDoesNot(String name) {
        assertThat(TouchpointName.isDeclarable(name)).isFalse();
        assertThat(TouchpointName.isRecordable(name)).isFalse();
    }

    @Test
    void aNameHasAtMost100Characters() {
        assertThat(TouchpointName.isDeclarable("x".repeat(100))).isTrue();
        assertThat(TouchpointName.isDeclarable("x".repeat(101))).isFalse();
    }

    @Test
    void anEventMayNameARoute() {
        assertThat(TouchpointName.isRecordable("GET /orders/{id}")).isTrue();
        assertThat(TouchpointName.isDeclarable("GET /orders/{id}")).isFalse();
        assertThat(TouchpointName.isRecordable("get /orders")).isFalse();
        assertThat(TouchpointName.isRecordable("GET orders")).isFalse();
        assertThat(TouchpointName.isRecordable("GET /orders\u202E")).isFalse();
        assertThat(TouchpointName.isRecordable("GET /" + "x".repeat(300))).isFalse();
    }

    @Test
    void aChannelIsLowerCasedIfThatHelps() {
        assertThat(Channel.of("Web")).isSameAs(Channel.WEB);
        assertThat(Channel.of("Kiosk-2")).hasToString("kiosk-2").isEqualTo(Channel.of("kiosk-2"));
        assertThat(Channel.of("two words")).isSameAs(Channel.UNKNOWN);
        assertThat(Channel.of("x".repeat(33))).isSameAs(Channel.UNKNOWN);
        assertThat(Channel.of("")).isSameAs(Channel.UNKNOWN);
        assertThat(Channel.of(null)).isSameAs(Channel.UNKNOWN);
        assertThat(Channel.isValid("Web")).isFalse();
    }

    @Test
    void anAnswerOffItsScaleIsInvalid() {
        assertThat(Feedback.nps(0).isValid()).isTrue();
        assertThat(Feedback.nps(10.5).isValid()).isFalse();
        assertThat(Feedback.csat(0).isValid()).isFalse();
        assertThat(Feedback.ces1(6).isValid()).isFalse();
        assertThat(Feedback.ces2(7).isValid()).isTrue();
        assertThat(Feedback.sentiment(-1.01).isValid()).isFalse();
        assertThat(Feedback.sentiment(Double.NaN).isValid()).isFalse();
        assertThat(Feedback.rating(3, 1, 10).isValid()).isTrue();
        assertThat(Feedback.rating(3, 10, 1).isValid()).isFalse();
        assertThat(Feedback.rating(3, 3, 3).isValid()).isFalse();
        assertThat(Feedback.rating(3, 1, Double.POSITIVE_INFINITY).isValid()).isFalse();
        assertThat(Feedback.rating(0, -Double.MAX_VALUE, Double.MAX_VALUE).position())
                .isEqualTo(0.5);
        assertThat(Feedback.of(Feedback.Scale.RATING, 3).isValid()).isFalse();
    }

    @Test
    void channelIsTheSameUnderATurkishLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Channel.of("EMAIL")).isEqualTo(Channel.EMAIL);
            assertThat(Channel.of("SOCIAL")).isEqualTo(Channel.SOCIAL);
            assertThat(Channel.of("KIOSK")).hasToString("kiosk");
            assertThat(Channel.isValid("kiosk")).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }
}
