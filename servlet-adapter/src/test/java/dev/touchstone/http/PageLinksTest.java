package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://grafana.example.com/d/cx?var-touchpoint={touchpoint}&from={from}&to={to}",
                "http://localhost:16686/search?tags=%7B%22touchstone.touchpoint%22%3A%22{touchpoint}%22%7D&start={from}000",
                "HTTPS://sentry.example.com/issues/?query={touchpoint}&start={fromTime}&end={toTime}",
                "https://[::1]/#{touchpoint}"
            })
    void httpUrlWithPlaceholdersIsALink(String template) {
        assertThat(PageLinks.of(Map.of("My logs", template)).templates()).containsEntry("My logs", template);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "javascript:alert(1) | must begin with http:// or https://",
                "data:text/html,x | must begin with http:// or https://",
                "//grafana/{touchpoint} | must begin with http:// or https://",
                "ftp://logs/{touchpoint} | must begin with http:// or https://",
                "https://{touchpoint}/x | a host without placeholders",
                "https://a{touchpoint}/x | a host without placeholders",
                "https:///x | must begin with http:// or https://",
                "https://user:secret@grafana/{touchpoint} | a host and no user",
                "https://grafana/{customer} | {customer} is unknown; allowed are {touchpoint}",
                "https://grafana/{} | {} is unknown",
                "https://grafana/{touchpoint | it is not a URL",
                "https://grafana/a b | it is not a URL",
                "'' | must begin with http:// or https://",
            })
    void anythingElseIsRefusedWithAReason(String template, String reason) {
        assertThatThrownBy(() -> PageLinks.checked("grafana", template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + template + "\" is not a link: ")
                .hasMessageContaining(reason)
                .hasMessageContaining("write one such as https://grafana.example.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<b>", "a/b", "a name that is longer than forty characters is"})
    void nameIsShortAndPlain(String name) {
        assertThatThrownBy(() -> PageLinks.checked(name, "https://grafana/"))
                .hasMessageContaining("\"" + name + "\" is not a name of a link: 1 to 40 letters");
    }

    @Test
    void linksAreInAlphabeticalOrderAndAtMostTen() {
        List<String> names = List.of(
                "Zipkin", "Alerts", "Wiki", "Grafana", "Tempo", "Jaeger", "Sentry", "Kibana", "Runbook", "Logs");
        Map<String, String> templates = new HashMap<>();
        names.forEach(name -> templates.put(name, "https://grafana/"));
        assertThat(PageLinks.of(templates).templates().keySet())
                .containsExactlyElementsOf(names.stream().sorted().toList());
        templates.put("more", "https://grafana/");
        assertThatThrownBy(() -> PageLinks.of(templates)).hasMessage("11 links: there are at most 10");
    }

    @Test
    void overlongTemplateIsRefused() {
        assertThatThrownBy(() -> PageLinks.checked("grafana", "https://grafana/" + "x".repeat(2_000)))
                .hasMessageContaining("longer than 2000 characters");
    }
}
