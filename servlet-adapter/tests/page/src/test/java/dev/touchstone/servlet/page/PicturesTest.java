package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the pictures in the documentation, when asked to by {@code docs/pictures.sh}. */
@EnabledIfSystemProperty(
        named = PicturesTest.ADDRESS,
        matches = "http.+",
        disabledReason = "pictures are made by docs/pictures.sh")
class PicturesTest {

    static final String ADDRESS = "touchstone.pictures.address";

    private static final String FOLDER = "touchstone.pictures.folder";
    private static final ViewportSize DESK = new ViewportSize(1366, 768);
    private static final ViewportSize PHONE = new ViewportSize(390, 844);

    @Test
    void theyAreMade() throws Exception {
        try (Chromium chromium = new Chromium(Chromium.executable().orElseThrow())) {
            make(chromium, "page-light.png", ColorScheme.LIGHT, DESK);
            make(chromium, "page-dark.png", ColorScheme.DARK, DESK);
            make(chromium, "page-phone.png", ColorScheme.LIGHT, PHONE);
        }
    }

    private static void make(Chromium chromium, String name, ColorScheme scheme, ViewportSize size) throws Exception {
        Path file = Path.of(System.getProperty(FOLDER)).resolve(name);
        try (BrowserContext context = chromium.browser()
                .newContext(
                        new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(size))) {
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
