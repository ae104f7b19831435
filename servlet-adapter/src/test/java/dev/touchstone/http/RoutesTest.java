package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static Routes routes(String... templates) {
        Catalog.Builder catalog = Catalog.builder();
        for (int i = 0; i < templates.length; i++) {
            String route = templates[i];
            catalog.touchpoint("t" + i, t -> t.routes(List.of(route)));
        }
        Catalog built = catalog.build();
        return new Routes(() -> built);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /a, false",
        "/a, /a, true",
        "/a, /a/, false",
        "/a/, /a/, true",
        "/a/{b}, /a/x, true",
        "/a/{b}, /a/, false",
        "/a/{b}, /a/x/y, false",
        "/a/{b}/c, /a/x/c, true",
        "/a/{b}/c, /a/x/d, false",
        "/a/{b}.pdf, /a/x.pdf, true",
        "/a/{b}.pdf, /a/.pdf, false",
        "/a/{b}.pdf, /a/x.pdf.pdf, true",
        "/a/v{b}-{c}, /a/v1-2, true",
        "/a/v{b}-{c}, /a/v1-, false",
        "/a/v{b}-{c}, /a/v-2, false",
        "/a/v{b}-{c}, /a/v--2, true",
        "/a/v{b}-{c}, /a/v1-2-3, true",
        "/a/{b}, '/a/ü %', true"
    })
    void aVariableIsOneCharacterOrMoreOfOneSegment(String template, String path, boolean matches) {
        assertThat(routes("GET " + template).find("GET", path)).isEqualTo(matches ? "t0" : null);
    }

    @ParameterizedTest
    @CsvSource({"/a/b, t0", "/a/x, t1", "/x/b, t2", "/x/y, t3", "/a/xb, t4"})
    void theMostSpecificWins(String path, String touchpoint) {
        assertThat(routes("GET /a/b", "GET /a/{y}", "GET /{x}/b", "GET /{x}/{y}", "GET /a/{y}b")
                        .find("GET", path))
                .isEqualTo(touchpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xa/b", "*"})
    void aPathWithoutASlashAtItsStartMatchesNothing(String path) {
        Routes routes = routes("GET /{x}", "GET /a/{y}", "GET /{x}/{y}");
        assertThat(routes.find("GET", path)).isNull();
        assertThat(routes.findOnly(path)).isNull();
    }

    @Test
    void theMethodCounts() {
        Routes routes = routes("POST /a", "GET /b", "HEAD /c");
        assertThat(routes.find("GET", "/a")).isNull();
        assertThat(routes.find("POST", "/a")).isEqualTo("t0");
        assertThat(routes.find("HEAD", "/b")).isEqualTo("t1");
        assertThat(routes.find("HEAD", "/c")).isEqualTo("t2");
        assertThat(routes.find("GET", "/c")).isNull();
        assertThat(routes.find("BREW", "/a")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/orders/7, t0", "/basket, ", "/nowhere, ", "/both, t3"})
    void pathAloneFindsTheOnlyTouchpoint(String path, String touchpoint) {
        Routes routes = routes("GET /orders/{id}", "GET /basket", "DELETE /basket", "GET /both");
        assertThat(routes.findOnly(path)).isEqualTo(touchpoint);
    }
}
