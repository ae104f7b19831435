package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.json.internal.TextObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextObjectTest {

    private static Map<String, String> read(String json) {
        return TextObject.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textsAreReadAndNullsLeftOut() {
        assertThat(read(" {\"a\": \"\\u00e4\\\"\", \"b\": null}\n")).isEqualTo(Map.of("a", "ä\""));
        assertThat(read("{}")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"canary\"",
                "{\"a\": 1}",
                "{\"a\": {}}",
                "{\"a\": [\"canary\"]}",
                "{\"a\": \"canary\", \"a\": \"b\"}",
                "{\"a\": \"canary\"",
                "{\"a\": \"canary",
                "{} {}",
                "a=canary"
            })
    void anythingElseIsRefusedWithoutBeingQuoted(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void onePropertyIsWrittenSafely() {
        assertThat(TextObject.write("error", "a \"b\"\u2028")).isEqualTo("{\"error\":\"a \\\"b\\\"\\u2028\"}");
    }
}
