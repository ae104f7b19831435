package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class RouteTemplateProperties {

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of("{x}", "a", "b", "-", "/", "ab");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings().withChars("ab-/").ofMaxLength(8).map(text -> "/" + text);
    }

    /** What it means, without regard for how long it takes. */
    private static boolean matchesByRegularExpression(String template, String path) {
        String expression = Pattern.quote(template).replace("{x}", "\\E[^/]+\\Q");
        return Pattern.matches(expression, path);
    }

    @Property(tries = 5000)
    void itMatchesWhatTheRegularExpressionMatches(
            @ForAll @Size(max = 6) List<@From("pieces") String> pieces, @ForAll("paths") String path) {
        String template = "/" + String.join("", pieces);
        assertThat(new RouteTemplate(template).matches(RouteTemplate.split(path)))
                .isEqualTo(matchesByRegularExpression(template, path));
    }

    @Example
    void aHostilePathIsMatchedAtOnce() {
        // a backtracking expression tries 10^20 ways to divide this
        RouteTemplate template = new RouteTemplate("/" + "{x}-".repeat(20) + "!");
        assertThat(template.matches(RouteTemplate.split("/" + "-".repeat(8000))))
                .isFalse();
    }
}
