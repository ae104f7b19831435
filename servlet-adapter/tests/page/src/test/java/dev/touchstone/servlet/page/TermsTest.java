package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Test;

/** Words and units, explained where they stand and in the legend. */
class TermsTest extends Browsed {

    @Test
    void aWordIsExplainedOnHoverAndOnFocus() {
        Page page = look(ReadOnlyShop.PAST.address());
        Locator tip = page.locator("#tip");
        assertThat(tip.isVisible()).isFalse();
        Locator effort = page.locator("#pain button.sort[data-term=effort]");
        effort.hover();
        PlaywrightAssertions.assertThat(tip).containsText("How hard it was for customers");
        tip.hover();
        assertThat(tip.isVisible()).as("it can be read with the pointer on it").isTrue();
        page.locator("h1").hover();
        PlaywrightAssertions.assertThat(tip).isHidden();
        effort.focus();
        PlaywrightAssertions.assertThat(tip).isVisible();
        assertThat(violationsIn(page, "#tip, #pain thead")).isEmpty();
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(tip).isHidden();
        assertThat(page.evaluate("() => document.activeElement.dataset.term")).isEqualTo("effort");
    }

    @Test
    void everyWordThatIsExplainedIsInTheLegendToo() {
        Page page = look(ReadOnlyShop.PAST.address());
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        page.locator("#customer table").first().waitFor();
        assertThat(
                        page.evaluate(
                                "() => [...document.querySelectorAll('[data-term]')]"
                                        + ".filter(e => !document.querySelector('#legend #' + e.getAttribute('aria-describedby'))).length"))
                .isEqualTo(0);
        assertThat(
                        page.evaluate(
                                "() => [...new Set([...document.querySelectorAll('[data-term]')].map(e => e.dataset.term))].sort().join()"))
                .isEqualTo("apdex,change,consistency,cost,effort,events,evidence,experience,range,verdict");
        assertThat(page.locator("#legend dt").count()).isEqualTo(12);
    }

    @Test
    void anExplanationStaysOnTheScreenOfAPhone() {
        Page page = look(ReadOnlyShop.PAST.address(), 390, 844);
        page.locator("#channels [data-term=experience]").focus();
        page.locator("#channels [data-term=change]").focus();
        Locator tip = page.locator("#tip");
        PlaywrightAssertions.assertThat(tip).isVisible();
        assertThat(tip.boundingBox().x + tip.boundingBox().width).isLessThanOrEqualTo(390);
        assertThat(tip.boundingBox().width).as("not squeezed to the edge").isGreaterThan(300);
        assertThat(tip.boundingBox().y + tip.boundingBox().height).isLessThanOrEqualTo(844);
    }
}
