package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Contrast;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import dev.touchstone.Touchstone;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in high contrast, in colors that the system forces, on paper and on a phone. */
class ModesTest extends Browsed {

    /** What is wider than its place, if anything. */
    private static final String CUT = "() => [document.documentElement, ...document.querySelectorAll('.scroll')]"
            + ".filter(e => e.scrollWidth > e.clientWidth + 1)"
            + ".map(e => `${e.getAttribute('aria-label')} ${e.scrollWidth} in ${e.clientWidth}`).join()";

    private static Touchstone past;
    private static Touchstone wide;
    private static PageSite pastSite;
    private static PageSite wideSite;

    @BeforeAll
    static void open(@TempDir Path first, @TempDir Path second) {
        past = Shop.past();
        wide = Shop.wide();
        pastSite = new PageSite(past, first);
        wideSite = new PageSite(wide, second);
    }

    @AfterAll
    static void close() {
        for (AutoCloseable opened : new AutoCloseable[] {pastSite, wideSite, past, wide}) {
            try {
                if (opened != null) {
                    opened.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Opens a row and a customer, so that there is something of everything. */
    private Page lookAtEverything(NewContextOptions options) {
        Page page = look(pastSite.address() + "#open=pay", options);
        page.locator("#doing svg.trend").waitFor();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        page.locator("#customer table").first().waitFor();
        return page;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void highContrastIsHigherThanTheStrictestLevelAsks(ColorScheme scheme) {
        Page page =
                lookAtEverything(new NewContextOptions().setColorScheme(scheme).setContrast(Contrast.MORE));
        assertThat(violations(page, "{ rules: { 'color-contrast-enhanced': { enabled: true } } }"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void chartsTakeTheColorsThatTheSystemForces(ColorScheme scheme) {
        Page page =
                lookAtEverything(new NewContextOptions().setColorScheme(scheme).setForcedColors(ForcedColors.ACTIVE));
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
        assertThat(violations(page)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void onPaperThereIsBlackOnWhiteAndNothingToPress(ColorScheme scheme) {
        Page page =
                lookAtEverything(new NewContextOptions().setColorScheme(scheme).setViewportSize(718, 1000));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(
                        page.evaluate(
                                "() => getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(0, 0, 0)rgb(255, 255, 255)");
        assertThat(page.evaluate(
                        "() => [...document.querySelectorAll('input, select, .ranges button, button.export, button.all')]"
                                + ".filter(e => e.checkVisibility()).length"))
                .isEqualTo(0);
        assertThat(page.evaluate("() => [...document.querySelectorAll('table, svg')].filter(e => e.checkVisibility()"
                        + " && e.getBoundingClientRect().right > innerWidth).length"))
                .as("wider than the paper")
                .isEqualTo(0);
        assertThat(page.pdf()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, LIGHT, #open=pay",
        "de-DE, DARK, #open=pay",
        "de-DE, LIGHT, #touchpoint=pay",
        "en-US, DARK, #touchpoint=pay",
    })
    void onAPhoneNothingIsCutInAnyLanguage(String locale, ColorScheme scheme, String view) {
        Page page = look(
                pastSite.address() + view,
                new NewContextOptions().setLocale(locale).setColorScheme(scheme).setViewportSize(390, 844));
        page.locator("svg.trend:visible").waitFor();
        if (view.startsWith("#open")) {
            page.locator("#who").fill("c7");
            page.locator("#who").press("Enter");
            page.locator("#customer table").first().waitFor();
        }
        assertThat(page.evaluate(CUT)).isEqualTo("");
        assertThat(violations(page)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en-US, ''", "de-DE, '#all=1&open=t42&channel=phone'", "de-DE, #touchpoint=t42"})
    void onAPhoneFiveChannelsAreNotCut(String locale, String view) {
        Page page = look(
                wideSite.address() + view,
                new NewContextOptions().setLocale(locale).setViewportSize(390, 844));
        assertThat(page.evaluate(CUT)).isEqualTo("");
        assertThat(violations(page)).isEmpty();
    }
}
