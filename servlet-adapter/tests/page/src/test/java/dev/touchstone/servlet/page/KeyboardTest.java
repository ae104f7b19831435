package dev.touchstone.servlet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page without a mouse, and as it is read out. */
class KeyboardTest extends Browsed {

    private static final int MOST_STEPS = 400;

    // between two looks at where the focus is, since asking takes longer than pressing
    private static final int STEPS_AT_ONCE = 20;

    /** Takes note of what gets the focus, of what does without showing it, and of whether all around was met. */
    private static final String WATCH = "() => { window.met = new Set(); window.unseen = []; window.isThrough = false;"
            + " addEventListener('focusin', ({ target }) => { isThrough ||= met.size > 1 && target.className === 'skip'; met.add(target);"
            + " const circle = target.querySelector?.('circle');"
            + " if (getComputedStyle(target).outlineStyle === 'none' && !(circle && getComputedStyle(circle).strokeWidth === '4px'))"
            + "   unseen.push(`${target.tagName} ${target.id || target.className} shows no focus`); }); }";

    private static final String MISSED =
            "() => [...document.querySelectorAll('a[href], button, input, select, [tabindex=\"0\"]')]"
                    + ".filter(e => e.checkVisibility() && !met.has(e) && !(e.type === 'radio' && !e.checked))"
                    + ".map(e => e.outerHTML.slice(0, 200)).concat(unseen).join('\\n')";

    @ParameterizedTest
    @ValueSource(strings = {"", "#open=pay&open=search", "#q=pay&all=1", "#touchpoint=pay"})
    void everythingIsReachedByTabAndShowsThatItIs(String view) {
        Page page = look(ReadOnlyShop.PAST.address() + view);
        page.locator("svg.trend:visible").waitFor();
        page.evaluate(WATCH);
        boolean isThrough = false;
        for (int i = 0; i < MOST_STEPS && !isThrough; i += STEPS_AT_ONCE) {
            for (int step = 0; step < STEPS_AT_ONCE; step++) {
                page.keyboard().press("Tab");
            }
            isThrough = (boolean) page.evaluate("() => isThrough");
        }
        assertThat(isThrough).as("the focus is not trapped").isTrue();
        assertThat(page.evaluate(MISSED)).isEqualTo("");
    }

    @Test
    void whatIsFocusedWorksByKey() {
        Page page = look(ReadOnlyShop.PAST.address());
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        page.locator("#overall .ranges button").first().focus();
        page.keyboard().press("Space");
        assertThat(page.locator("#overall .ranges button").first()).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("#overall .ranges button").first()).isFocused();
        page.locator("#pain button.sort").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pain th").first()).hasAttribute("aria-sort", "ascending");
        page.locator("#map .node").first().focus();
        page.keyboard().press("Space");
        assertThat(page.locator("#pain button.row[aria-expanded=true]")).hasCount(1);
        assertThat(page.locator("#pain button.row[aria-expanded=true]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pain button.row[aria-expanded=true]")).hasCount(0);
        page.locator("#map .node").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pain button.row[aria-expanded=true]")).hasCount(1);
        page.locator("#hurts a").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#touchpoint-title")).isFocused();
        page.locator("#touchpoint [data-key=back]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
    }

    @Test
    void theHeaderIsReadOutAsThreeAnswers() {
        Page page = look(
                ReadOnlyShop.PAST.address(),
                new Browser.NewContextOptions().setLocale("en-US").setTimezoneId("UTC"));
        page.locator("#doing svg.trend").waitFor();
        assertThat(page.locator("#overall")).matchesAriaSnapshot("""
                - region "All customers":
                  - heading "All customers" [level=2]
                  - group "Time range":
                    - button "Hour"
                    - button "Day"
                    - button "Week" [pressed]
                    - button "Quarter"
                  - group "How are customers doing?":
                    - heading "How are customers doing?" [level=3]
                    - paragraph:
                      - note: Experience, 100 is best
                    - paragraph:
                      - text: /\\d+\\.\\d/
                      - note: /\\d+\\.\\d to \\d+\\.\\d/
                    - img /experience \\d+\\.\\d, 95% between \\d+\\.\\d and \\d+\\.\\d; last week \\d+\\.\\d/
                    - paragraph: /against last week .* a clear change/
                    - paragraph:
                      - note: Effort, 0 is best
                    - paragraph
                    - img /effort .*/
                    - paragraph: /no clear change/
                    - paragraph: /Last 7 days/
                    - img /Experience\\. Last 7 days. from .* Marks. release 2\\.3\\.1/
                    - button /Save as PNG/
                  - group "What hurts most?":
                    - heading "What hurts most?" [level=3]
                    - paragraph: /hurts most, above all in the channel/
                    - list:
                      - listitem:
                        - link "Pay for the basket"
                        - paragraph: /Worse since/
                      - listitem:
                        - link "search"
                      - listitem:
                        - link "cart"
                  - group "Who needs help now?":
                    - heading "Who needs help now?" [level=3]
                    - paragraph:
                      - text: 5 open cases
                      - button "See all"
                    - list:
                      - listitem:
                        - strong: Pay for the basket
                        - text: /payments, 4 cases, the oldest less than a minute. failure at a moment of truth/
                      - listitem:
                        - strong: search
                        - text: /catalog, less than a minute. called twice/
                """);
    }
}
