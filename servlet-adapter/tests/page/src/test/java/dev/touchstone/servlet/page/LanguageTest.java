package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which language the page speaks. */
class LanguageTest extends Browsed {

    /** Puts each text that comes from a file between marks. */
    private static final String MARKING = """
            const json = Response.prototype.json;
            const mark = text => typeof text === "string" ? `⟦${text}⟧`
              : Object.fromEntries(Object.entries(text).map(([key, of]) => [key, mark(of)]));
            Response.prototype.json = async function () {
              const sent = await json.call(this);
              return this.url.includes("/texts-") ? mark(sent) : sent;
            };
            """;

    /** The words outside of the marks, in texts and in attributes that are read out; not those of the server and of the browser. */
    private static final String OUTSIDE = """
            () => {
              document.querySelectorAll("noscript, code, [lang=en]:not(html), svg.trend text").forEach(e => e.remove());
              const outside = text => {
                let depth = 0;
                return [...text].filter(c => {
                  depth += c === "⟦" ? 1 : 0;
                  const isOutside = depth === 0;
                  depth -= c === "⟧" ? 1 : 0;
                  return isOutside;
                }).join("");
              };
              const attributes = [...document.querySelectorAll("*")]
                .flatMap(e => ["aria-label", "placeholder", "title"].map(name => e.getAttribute(name) ?? ""));
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const nodes = [];
              while (walker.nextNode()) {
                nodes.push(walker.currentNode.data);
              }
              return [document.title, nodes.join(" "), ...attributes]
                .flatMap(text => outside(text).match(/\\p{L}\\p{L}[\\p{L}.]*/gu) ?? []);
            }
            """;

    /** Those of the shop, which have no other language. */
    private static final Set<String> NAMES = Set.of(
            "Touchstone",
            "CSV",
            "PNG",
            "shop",
            "pay",
            "search",
            "cart",
            "web",
            "app",
            "Pay",
            "for",
            "the",
            "basket",
            "catalog",
            "payments",
            "purchase",
            "nothing");

    @ParameterizedTest
    @CsvSource({
        "de-AT, de, 'Wie geht es der Kundschaft?', 'Stand 10.03.2026, 10:00:00', '35,7', '30,0 %'",
        "en-US, en, 'How are customers doing?', 'as of Mar 10, 2026, 10:00:00 AM', '35.7', '30.0%'",
        "fr-FR, en, 'How are customers doing?', 'as of 10 mars 2026, 10:00:00', '35,7', '30,0 %'",
    })
    void textsAreInALanguageThatThereIsAndNumbersAreThoseOfTheBrowser(
            String locale, String language, String question, String time, String score, String share) {
        Page page = look(
                ReadOnlyShop.PAST.address(),
                new Browser.NewContextOptions().setLocale(locale).setTimezoneId("UTC"));
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        assertThat(page.locator("#doing-title").textContent()).isEqualTo(question);
        assertThat(spaced(page.locator("#as-of"))).startsWith(time);
        assertThat(spaced(page.locator("main"))).contains(score, share);
    }

    /** Which space does not break is the browser's business. */
    private static String spaced(Locator place) {
        return place.textContent().replaceAll("[\\u00a0\\u202f]", " ");
    }

    @Test
    void theFirstLanguageThatThereIsIsChosen() {
        Page page = look(
                ReadOnlyShop.PAST.address(),
                new Browser.NewContextOptions(),
                before -> before.addInitScript(
                        "Object.defineProperty(navigator, 'languages', { get: () => ['pt-BR', 'de', 'en'] })"));
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
    }

    @Test
    void noTextIsOutsideOfTheFileOfItsLanguage() {
        Page page = look(
                ReadOnlyShop.PAST.address(), new Browser.NewContextOptions(), before -> before.addInitScript(MARKING));
        nothingIsOutside(page, "");
        for (String view : List.of("#range=hour", "#touchpoint=pay", "#touchpoint=nothing", "#open=pay&q=a")) {
            page.navigate("about:blank");
            page.navigate(ReadOnlyShop.PAST.address() + view);
            PlaywrightAssertions.assertThat(page.locator("#as-of")).containsText("⟧");
            nothingIsOutside(page, view);
        }
    }

    private static void nothingIsOutside(Page page, String view) {
        if (!view.startsWith("#touchpoint")) {
            page.locator("#who").fill("c7");
            page.locator("#who").press("Enter");
            PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("⟧");
        }
        @SuppressWarnings("unchecked")
        List<String> words = (List<String>) page.evaluate(OUTSIDE);
        assertThat(words).as(view).isNotEmpty().isSubsetOf(NAMES);
        assertThat(page.locator("body").textContent()).doesNotContain("undefined");
    }
}
