package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.touchstone.Touchstone;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be saved: tables as CSV, charts as PNG. */
class ExportTest extends Browsed {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static List<String> lines(Page page, Locator button) throws IOException {
        Download download = page.waitForDownload(button::click);
        assertThat(download.suggestedFilename()).startsWith("touchstone-").endsWith(".csv");
        String content = Files.readString(download.path());
        assertThat(content).startsWith(BYTE_ORDER_MARK).endsWith("\r\n");
        return content.substring(1).lines().toList();
    }

    private static Locator button(Page page, String label) {
        return page.locator("button.export[aria-label=\"" + label + "\"]");
    }

    @Test
    void everyTableAndEveryChartCanBeSaved() {
        Page page = look(ReadOnlyShop.PAST.address() + "#open=pay");
        page.locator("#doing svg.trend").waitFor();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        page.locator("#customer table").first().waitFor();
        assertThat(page.evaluate("() => [...document.querySelectorAll('table, svg.trend, .map-wide')]"
                        + ".filter(e => !e.closest('.exported')?.querySelector('button.export')).length"))
                .isEqualTo(0);
        assertThat(page.locator("#doing button.export").textContent()).isEqualTo("PNG");
        assertThat(page.locator("table").count()).isGreaterThan(6);
    }

    @Test
    void aTableIsSavedWithAllItsRowsAndExactScores(@TempDir Path folder) throws IOException {
        try (Touchstone touchstone = Shop.busy(40);
                PageSite busy = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(busy.address() + "#q=touchpoint");
            assertThat(page.locator("#pain tbody tr").count()).isEqualTo(10);
            List<String> lines = lines(page, button(page, "Save as CSV: Touchpoints"));
            assertThat(lines).hasSize(41);
            assertThat(lines.get(0))
                    .isEqualTo(
                            "touchpoint,channel,owner,\"costs, last hour\",\"costs, since start\",score,\"score, 95% from\",\"score, 95% to\","
                                    + "effort,\"effort, 95% from\",\"effort, 95% to\",change,events");
            assertThat(lines.get(1)).startsWith("Touchpoint 0,all,team-0,").endsWith(",no clear change,30");
            assertThat(lines.get(2)).startsWith("Touchpoint 0,unknown,team-0,").contains(",,,,no clear");
            assertThat(lines.get(4))
                    .matches(
                            "Touchpoint \\d+,(web|app),team-\\d,(\\d+(\\.\\d+)?,){8}(better|worse|no clear change),15");
        }
    }

    @Test
    void aDecimalCommaSeparatesValuesBySemicolons() throws IOException {
        Page page = look(ReadOnlyShop.BUSY.address(), new Browser.NewContextOptions().setLocale("de-DE"));
        assertThat(lines(page, button(page, "Als CSV speichern: Kanäle")).get(1))
                .matches(
                        "(web|app);\\d+,\\d+;\\d+,\\d+;\\d+,\\d+;\\d+,\\d+;\\d+,\\d+;\\d+,\\d+;keine klare Änderung;\\d+");
    }

    @Test
    void whatLooksLikeAFormulaIsTextAndSeparatorsStayInTheirField(@TempDir Path folder) throws IOException {
        List<String> names = List.of("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "a, \"b\"; c");
        try (Touchstone touchstone = Shop.named(names);
                PageSite named = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(named.address());
            assertThat(lines(page, button(page, "Save as CSV: Touchpoints")).stream()
                            .skip(1)
                            .map(line -> line.substring(0, line.indexOf(",unknown,"))))
                    .containsExactlyInAnyOrder(
                            "'=cmd|' /C calc'!A0", "'+1+1", "'-2+3", "'@SUM(A1)", "\"a, \"\"b\"\"; c\"");
        }
    }

    @Test
    void aChartIsSavedAsItLooks() throws IOException {
        Page page = look(ReadOnlyShop.PAST.address());
        page.locator("#doing svg.trend").waitFor();
        isSavedAsItLooks(page, "Experience", "0b6e75");
        isSavedAsItLooks(page, "Journey map", "f6c4bd");
    }

    /** @param color one that the chart has */
    private static void isSavedAsItLooks(Page page, String chart, String color) throws IOException {
        Locator button = button(page, "Save as PNG: " + chart);
        Download download = page.waitForDownload(button::click);
        assertThat(download.suggestedFilename()).endsWith(".png");
        BufferedImage image = ImageIO.read(download.path().toFile());
        double width = ((Number)
                        button.evaluate("e => e.closest('.exported').querySelector('svg').viewBox.baseVal.width"))
                .doubleValue();
        assertThat((double) image.getWidth()).isEqualTo(Math.floor(2 * width));
        assertThat(IntStream.range(0, image.getWidth() * image.getHeight())
                        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff)
                        .distinct()
                        .boxed())
                .as("the page's styles are drawn")
                .contains(Integer.valueOf(color, 16));
        assertThat(image.getRGB(0, 0)).as("the paper").isEqualTo(0xffffffff);
    }
}
