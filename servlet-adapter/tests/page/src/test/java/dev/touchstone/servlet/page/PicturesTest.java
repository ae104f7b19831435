package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the pictures in the documentation, when asked to by {@code docs/pictures.sh}. */
@EnabledIfSystemProperty(named = PicturesTest.ADDRESS, matches = "http.+", disabledReason = "nobody wants pictures")
class PicturesTest {

    static final String ADDRESS = "touchstone.pictures.address";

    private static final String FOLDER = "touchstone.pictures.folder";
    private static final int DESK = 1200;
    private static final int PHONE = 390;

    @Test
    void theyAreMade() throws Exception {
        try (Chromium chromium = new Chromium(Chromium.executable().orElseThrow())) {
            make(chromium, "page-light.png", ColorScheme.LIGHT, DESK, 1500);
            make(chromium, "page-dark.png", ColorScheme.DARK, DESK, 1500);
            make(chromium, "page-phone.png", ColorScheme.LIGHT, PHONE, 844);
        }
    }

    private static void make(Chromium chromium, String name, ColorScheme scheme, int width, int height)
            throws Exception {
        Path file = Path.of(System.getProperty(FOLDER)).resolve(name);
        try (BrowserContext context = chromium.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, height))) {
            Page page = context.newPage();
            page.navigate(System.getProperty(ADDRESS));
            page.locator("#pain button.row").first().click();
            page.locator("svg.trend").waitFor();
            page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }
        assertThat(Files.size(file)).isPositive();
    }
}
