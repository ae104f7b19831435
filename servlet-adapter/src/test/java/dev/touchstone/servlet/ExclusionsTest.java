package dev.touchstone.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionsTest {

    private final Exclusions exclusions = new Exclusions(List.of("/ping", "/static/*", "*.css"));

    @ParameterizedTest
    @CsvSource({
        "/ping, true",
        "/ping/, false",
        "/pin, false",
        "/static, true",
        "/static/, true",
        "/static/a/b, true",
        "/statics, false",
        "/a/static/b, false",
        "/a.css, true",
        "/a/b.css, true",
        "/a.css/b, false",
        "/a.csss, false",
        "/css, false",
        "/, false"
    })
    void theyAreWhatUrlPatternsAre(String path, boolean excluded) {
        assertThat(exclusions.contain(path)).isEqualTo(excluded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ping", "*", "*.", "*.a/b", "/a*", "/*/b", "*css"})
    void anythingElseIsRefused(String pattern) {
        assertThatThrownBy(() -> new Exclusions(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\" is not a URL pattern");
    }
}
