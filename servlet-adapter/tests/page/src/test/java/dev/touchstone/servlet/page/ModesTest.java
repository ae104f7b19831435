package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Contrast;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in high contrast, in colors that the system forces, on paper and on a phone. */
class ModesTest extends Browsed {

    /** What is wider than its place, if anything. */
    private static final String CUT = "() => [document.documentElement, ...document.querySelectorAll('.scroll')]"
            + ".filter(e => e.scrollWidth > e.clientWidth + 1)"
            + ".map(e => `${e.getAttribute('aria-label')} ${e.scrollWidth} in ${e.clientWidth}`).join()";

    /** Opens a row and a customer, so that there is something of everything. */
    private Page lookAtEverything(int width) {
        return withEverything(look(ReadOnlyShop.PAST.address() + "#open=pay", width, 900));
    }

    private static Page withEverything(Page page) {
        page.locator("#doing svg.trend").waitFor();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        page.locator("#customer table").first().waitFor();
        return page;
    }

    private static void schemes(Page page, Page.EmulateMediaOptions options, Runnable check) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(options.setColorScheme(scheme));
            check.run();
        }
    }

    @Test
    void darkColorsHaveContrast() {
        Page page = lookAtEverything(1280);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(contrastViolations(page, "color-contrast", "link-in-text-block"))
                .isEmpty();
    }

    @Test
    void highContrastIsHigherThanTheStrictestLevelAsks() {
        Page page = lookAtEverything(1280);
        schemes(
                page,
                new Page.EmulateMediaOptions().setContrast(Contrast.MORE),
                () -> assertThat(contrastViolations(page, "color-contrast-enhanced"))
                        .isEmpty());
    }

    @Test
    void chartsTakeTheColorsThatTheSystemForces() {
        Page page = lookAtEverything(1280);
        schemes(page, new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE), () -> {
            @SuppressWarnings("unchecked")
            List<String> colors = (List<String>)
                    page.evaluate(
                            "() => {"
                                    + " const color = name => { const e = document.createElement('i'); e.style.color = name;"
                                    + "   document.body.append(e); const found = getComputedStyle(e).color; e.remove(); return found; };"
                                    + " const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];"
                                    + " return [of('svg.trend .line', 'stroke'), color('LinkText'), of('.tick', 'stroke'), color('CanvasText'),"
                                    + "   of('.node circle', 'fill'), color('Canvas'), of('svg.trend text', 'fill'), color('CanvasText')]; }");
            for (int i = 0; i < colors.size(); i += 2) {
                assertThat(colors.get(i)).as("shape " + i / 2).isEqualTo(colors.get(i + 1));
            }
            assertThat(contrastViolations(page, "color-contrast", "link-in-text-block"))
                    .isEmpty();
        });
    }

    @Test
    void onPaperThereIsBlackOnWhiteAndNothingToPress() {
        Page page = lookAtEverything(718);
        schemes(
                page,
                new Page.EmulateMediaOptions().setMedia(Media.PRINT),
                () -> assertThat(
                                page.evaluate(
                                        "() => getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor"))
                        .isEqualTo("rgb(0, 0, 0)rgb(255, 255, 255)"));
        assertThat(page.evaluate(
                        "() => [...document.querySelectorAll('form, input, select, .ranges button, button.export, button.all')]"
                                + ".filter(e => e.checkVisibility()).length"))
                .isEqualTo(0);
        assertThat(page.evaluate("() => [...document.querySelectorAll('table, svg')].filter(e => e.checkVisibility()"
                        + " && e.getBoundingClientRect().right > innerWidth).length"))
                .as("wider than the paper")
                .isEqualTo(0);
        assertThat(page.pdf()).isNotEmpty();
    }

    private static void nothingIsCut(Page page) {
        for (int width : new int[] {390, 360}) {
            page.setViewportSize(width, 844);
            assertThat(page.evaluate(CUT)).as("width %d", width).isEqualTo("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    void onAPhoneNothingIsCutInAnyLanguage(String locale) {
        Page page = withEverything(look(
                ReadOnlyShop.PAST.address() + "#open=pay",
                new NewContextOptions().setLocale(locale).setViewportSize(390, 844)));
        nothingIsCut(page);
        if (locale.startsWith("de")) { // the longer words; what else an audit looks at is the same in every language
            assertThat(violations(page)).isEmpty();
        }
        page.navigate(ReadOnlyShop.PAST.address() + "#touchpoint=pay");
        page.locator("#touchpoint svg.trend").waitFor();
        nothingIsCut(page);
        assertThat(violationsIn(page, "#touchpoint")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en-US, ''", "de-DE, '#all=1&open=t42&channel=phone'", "de-DE, #touchpoint=t42"})
    void onAPhoneFiveChannelsAreNotCut(String locale, String view) {
        Page page = look(
                ReadOnlyShop.WIDE.address() + view,
                new NewContextOptions().setLocale(locale).setViewportSize(390, 844));
        nothingIsCut(page);
        assertThat(violationsIn(page, "#touchpoint, #pain tr[id]")).isEmpty();
    }
}
