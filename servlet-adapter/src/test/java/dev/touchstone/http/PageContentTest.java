package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.TouchpointEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageContentTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:(?:src|href)=\"(?!#)|from \"\\./)([^\"]+)\"");

    private final AtomicLong nanoTime = new AtomicLong();
    private final Touchstone touchstone = Touchstone.create();
    private final PageContent page = new PageContent(touchstone, nanoTime::get);

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

    @ParameterizedTest
    @ValueSource(strings = {"", "page.js", "customer.js", "map.js", "charts.js"})
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
        for (String name :
                List.of("", "page.css", "icon.svg", "page.js", "dom.js", "charts.js", "map.js", "customer.js")) {
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
