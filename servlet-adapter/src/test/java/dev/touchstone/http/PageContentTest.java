package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageContentTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:(?:src|href)=\"(?!#)|from \"\\./)([^\"]+)\"");

    private static final PageLinks LINKS =
            PageLinks.of(Map.of("Grafana", "https://grafana.example.com/d?t={touchpoint}&f={from}"));

    private final AtomicLong nanoTime = new AtomicLong();
    private final Touchstone touchstone = Touchstone.create();
    private final PageContent page = new PageContent(touchstone, LINKS, nanoTime::get);

    @AfterEach
    void close() {
        touchstone.close();
    }

    private String text(String name) {
        return new String(page.get(name).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    @Test
    void theScoreboardIsAtMostASecondOld() {
        assertThat(text("scoreboard.json")).contains("\"accepted\":0");
        touchstone.record(TouchpointEvent.builder("pay").build());
        nanoTime.set(999_999_999);
        assertThat(text("scoreboard.json")).contains("\"accepted\":0");
        nanoTime.set(1_000_000_000);
        assertThat(text("scoreboard.json")).contains("\"accepted\":1");
    }

    private PageContent.Answer history(String query) {
        return page.get("history.json", query).orElseThrow();
    }

    private static String text(PageContent.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theHistoryOfAScopeIsAtMostTenSecondsOld() {
        try (Touchstone everything = Touchstone.builder().showSmallGroups().build()) {
            PageContent shown = new PageContent(everything, LINKS, nanoTime::get);
            String ofPay = "scope=touchpoint&name=GET+%2Fpay&resolution=hour";
            everything.record(TouchpointEvent.builder("GET /pay").build());
            assertThat(text(shown.get("history.json", ofPay).orElseThrow()))
                    .startsWith("{\"resolution\":\"PT1H\"")
                    .contains("\"events\":1", "\"marks\":[]");
            everything.record(TouchpointEvent.builder("GET /pay").build());
            everything.mark("release 2.3.1");
            nanoTime.set(9_999_999_999L);
            assertThat(text(shown.get("history.json", ofPay).orElseThrow())).contains("\"events\":1");
            nanoTime.set(10_000_000_000L);
            assertThat(text(shown.get("history.json", ofPay).orElseThrow())).contains("\"events\":2", "release 2.3.1");
            for (String scope : List.of("", "&scope=overall", "&scope=channel&name=unknown")) {
                assertThat(text(shown.get("history.json", "resolution=day" + scope)
                                .orElseThrow()))
                        .as(scope)
                        .startsWith("{\"resolution\":\"P1D\"")
                        .contains("\"events\":2");
            }
            assertThat(text(shown.get("history.json", "resolution=day&scope=owner&name=unknown")
                            .orElseThrow()))
                    .contains("\"periods\":[]");
        }
    }

    @Test
    void theHistoryOfSmallGroupsIsWithheld() {
        touchstone.record(
                TouchpointEvent.builder("pay").customer(CustomerId.of("ada")).build());
        for (String scope : List.of("", "&scope=touchpoint&name=pay", "&scope=channel&name=unknown")) {
            assertThat(text(history("resolution=hour" + scope))).as(scope).contains("\"periods\":[]");
        }
    }

    @Test
    void touchpointHasThoseWhoMissedItLinksAndVariants() {
        try (Touchstone everything = Touchstone.builder()
                .showSmallGroups()
                .catalog(catalog -> catalog.variants(List.of("build")))
                .build()) {
            PageContent shown = new PageContent(everything, LINKS, nanoTime::get);
            CustomerId ada = CustomerId.of("ada");
            everything.record(TouchpointEvent.builder("GET /pay")
                    .customer(ada)
                    .outcome(Outcome.FAILURE)
                    .attribute("build", "412")
                    .build());
            assertThat(text(shown.get("touchpoint.json", "name=GET+%2Fpay").orElseThrow()))
                    .startsWith("{\"missed\":[{\"customer\":\"" + everything.key(ada) + "\",\"time\":\"20")
                    .contains("}],\"links\":{\"Grafana\":\"https://grafana.example.com/d?t={touchpoint}&f={from}\"},")
                    .contains("\"comparisons\":[{\"attribute\":\"build\",\"variants\":[{\"value\":\"412\",");
            assertThat(text(shown.get("touchpoint.json", "name=nothing").orElseThrow()))
                    .startsWith("{\"missed\":[],");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | name is missing; add the name of the touchpoint",
                "name=+ | name is missing; add the name of the touchpoint",
                "scope=x | the query has an unknown parameter; allowed are name",
                "name=%zz | the query is not valid percent-encoding"
            })
    void aTouchpointThatIsNotNamedIsRefusedWithAReason(String query, String reason) {
        PageContent.Answer answer = page.get("touchpoint.json", query).orElseThrow();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("{\"error\":\"" + reason + "\"}");
    }

    @Test
    void whoMissedIsWithheldInSmallGroups() {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(CustomerId.of("ada"))
                .outcome(Outcome.FAILURE)
                .build());
        assertThat(text(page.get("touchpoint.json", "name=pay").orElseThrow())).startsWith("{\"missed\":[],");
    }

    @Test
    void comparisonsAreOfTheSameInstantAndWithoutSmallGroups() {
        assertThat(text("comparisons.json")).isEqualTo("{\"comparisons\":[]}");
        try (Touchstone compared = Touchstone.builder()
                .catalog(catalog -> catalog.variants(List.of("build", "flag:new")))
                .build()) {
            PageContent shown = new PageContent(compared, LINKS, nanoTime::get);
            compared.record(
                    TouchpointEvent.builder("pay").attribute("build", "412").build());
            compared.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .attribute("build", "413")
                    .build());
            assertThat(text(shown.get("comparisons.json").orElseThrow()))
                    .startsWith("{\"comparisons\":[{\"attribute\":\"build\",\"variants\":[{\"value\":\"412\"")
                    .endsWith("{\"attribute\":\"flag:new\",\"variants\":[]}]}")
                    .doesNotContain("\"value\":\"413\"");
            assertThat(text(shown.get("touchpoint.json", "name=pay").orElseThrow()))
                    .contains("{\"attribute\":\"build\",\"variants\":[{\"value\":\"412\"")
                    .doesNotContain("\"value\":\"413\"");
        }
    }

    @Test
    void theHistoryOfManyScopesStaysBounded() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(history("resolution=hour&scope=owner&name=o" + i).status())
                    .isEqualTo(200);
        }
        nanoTime.set(1);
        touchstone.mark("late");
        assertThat(text(history("resolution=hour&scope=owner&name=o999"))).doesNotContain("late");
        assertThat(text(history("resolution=hour&scope=owner&name=o0"))).contains("late");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | resolution must be one of hour, day, week, month",
                "resolution=minute | resolution must be one of hour, day, week, month",
                "resolution=HOUR | resolution must be one of hour, day, week, month",
                "resolution=hour&scope=team | scope must be one of overall, touchpoint, channel, stage, owner, journey",
                "resolution=hour&scope=owner | name is missing; add the name of the owner",
                "resolution=hour&scope=owner&name=+ | name is missing; add the name of the owner",
                "resolution=hour&name=pay | name is given, but the scope overall has none; leave it out",
                "resolution=hour&scope=stage&name=pay | name must be one of the stages AWARENESS",
                "resolution=hour&resolution=day | resolution is given twice; write it once",
                "resolution=hour&who=ada | the query has an unknown parameter; allowed are resolution, scope, name",
                "resolution=%zz | the query is not valid percent-encoding",
            })
    void aQueryThatCannotBeUnderstoodIsRefusedWithAReason(String query, String reason) {
        assertThat(history(query).status()).isEqualTo(400);
        assertThat(history(query).contentType()).isEqualTo("application/json");
        assertThat(text(history(query))).startsWith("{\"error\":\"" + reason);
    }

    @Test
    void theHistoryOfEachScopeIsThere() {
        for (String scope : List.of("stage&name=purchase", "journey&name=buy", "owner&name=shop", "channel&name=web")) {
            assertThat(history("resolution=hour&scope=" + scope).status())
                    .as(scope)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page.js",
                "customer.js",
                "map.js",
                "charts.js",
                "cases.js",
                "value.js",
                "trend.js",
                "overview.js",
                "touchpoints.js",
                "touchpoint.js",
                "funnel.js",
                "further.js",
                "variants.js"
            })
    void whateverAFileNeedsIsThere(String name) {
        assertThat(REFERENCE
                        .matcher(text(name))
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(page.get(reference)).as(reference).isPresent());
    }

    @Test
    void nothingInItNamesAnotherHost() {
        for (String name : List.of(
                "",
                "page.css",
                "icon.svg",
                "page.js",
                "dom.js",
                "charts.js",
                "map.js",
                "customer.js",
                "cases.js",
                "value.js",
                "received.js",
                "view.js",
                "past.js",
                "trend.js",
                "overview.js",
                "touchpoints.js",
                "touchpoint.js",
                "funnel.js",
                "further.js",
                "variants.js")) {
            assertThat(text(name).replace("http://www.w3.org/2000/svg", ""))
                    .as(name)
                    .doesNotContain(
                            "http://", "https://", "innerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../PageContent.class", "/page.js", "page.js/", "customer"})
    void thereIsNothingElse(String name) {
        assertThat(page.get(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shop:80, http://evil, same-origin, true",
        "shop, http://shop, same-site, false",
        "shop, http://shop, '', false",
        "shop, http://shop, , true",
        "SHOP:81, https://shop:81, , true",
        "shop, http://shop:81, , false",
        "shop, http://shop.evil, , false",
        "shop, null, , false",
        "shop, , , false",
        ", http://shop, , false"
    })
    void theSameOriginIsWhatTheBrowserSays(String host, String origin, String fetchSite, boolean same) {
        assertThat(PageContent.isSameOrigin(host, origin, fetchSite)).isEqualTo(same);
    }
}
