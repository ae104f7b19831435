package dev.touchstone.servlet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of touchpoints, and a page that is left open. */
class ScaleTest extends Browsed {

    /** How many times the page looks for news; {@code -Dtouchstone.page.looks} sets more, for a run by hand. */
    private static final int LOOKS = Integer.getInteger("touchstone.page.looks", 20);

    private static final int UNDECLARED = 2_000;
    private static final String HEAP = "JSHeapUsedSize";
    private static final int READINGS = 5;
    private static final int READING_MS = 70;

    @Test
    void twoThousandUndeclaredTouchpointsAreDrawnAsTheyAreScrolledTo(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.undeclared(UNDECLARED);
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address());
            Locator rows = page.locator("#pain button.row");
            assertThat(rows).hasCount(10);
            assertThat(page.locator("#inventory")).containsText("Seen but not declared (2,000)");
            page.locator("#pain [data-key=all]").click();
            int drawn = rows.count();
            assertThat(drawn).isBetween(100, 300);
            for (int i = 0; i < 3; i++) {
                page.evaluate("() => document.querySelector('#pain [data-key=more]').scrollIntoView()");
                assertThat(rows).not().hasCount(drawn);
                drawn = rows.count();
            }
            assertThat(drawn).isLessThan(UNDECLARED);
            assertThat(page.locator("#pain [data-key=more]"))
                    .hasText(String.format(Locale.ENGLISH, "%,d more", UNDECLARED - rows.count()));
            page.locator("#pain input[type=search]").fill("item1999");
            assertThat(rows).hasCount(1);
            assertThat(page.locator("#pain .found")).hasText("1 of 2,000 touchpoints.");
            assertThat(violationsIn(page, "#pain, #inventory")).isEmpty();
        }
    }

    @Test
    void theLastRowIsReachedByKeyboard(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.undeclared(250);
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address() + "#all=1");
            Locator rows = page.locator("#pain button.row");
            for (int i = 0; i < 3 && page.locator("#pain [data-key=more]").count() > 0; i++) {
                page.locator("#pain [data-key=more]").focus();
                page.keyboard().press("Enter");
                page.waitForTimeout(50);
            }
            assertThat(rows).hasCount(250);
            assertThat(page.locator("#pain [data-key=more]")).hasCount(0);
        }
    }

    /** Reads when the heap is smallest of a few times: a scoreboard that just arrives is as large as a third of it. */
    private static JsonObject metrics(Page page, CDPSession session) {
        JsonObject least = metrics(session);
        for (int i = 1; i < READINGS; i++) {
            page.waitForTimeout(READING_MS);
            JsonObject next = metrics(session);
            if (next.get(HEAP).getAsLong() < least.get(HEAP).getAsLong()) {
                least = next;
            }
        }
        return least;
    }

    private static JsonObject metrics(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        JsonObject found = new JsonObject();
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            found.add(
                    metric.getAsJsonObject().get("name").getAsString(),
                    metric.getAsJsonObject().get("value"));
        }
        return found;
    }

    /** Lets the page look as often, each time at something new. */
    private static void lookAgain(Page page, Touchstone touchstone, int times) {
        for (int i = 0; i < times; i++) {
            touchstone.record(TouchpointEvent.builder("t" + i % 20)
                    .customer(CustomerId.of("c" + i % 15))
                    .build());
            page.waitForResponse("**/value.json", () -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#all=1&open=t0&open=t1", "#touchpoint=t0"})
    void aPageThatIsLeftOpenTakesNoMoreMemory(String view, @TempDir Path folder) {
        try (Touchstone touchstone = Shop.busy(30); // what is kept by mistake is kept with few too
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(
                    site.address() + view, new Browser.NewContextOptions(), before -> before.addInitScript(IMPATIENT));
            CDPSession session = page.context().newCDPSession(page);
            session.send("Performance.enable");
            // after fewer looks the browser still compiles, and the heap grows by a quarter without a leak
            lookAgain(page, touchstone, LOOKS);
            JsonObject before = metrics(page, session);
            long start = System.nanoTime();
            lookAgain(page, touchstone, LOOKS);
            JsonObject after = metrics(page, session);
            System.out.println("page: " + view + " after " + LOOKS + " looks in "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s: heap "
                    + before.get(HEAP) + " then " + after.get(HEAP) + ", nodes "
                    + before.get("Nodes")
                    + " then " + after.get("Nodes") + ", listeners " + before.get("JSEventListeners") + " then "
                    + after.get("JSEventListeners"));
            assertThat(after.get("Nodes").getAsInt())
                    .isLessThan(before.get("Nodes").getAsInt() * 11 / 10);
            assertThat(after.get("JSEventListeners").getAsInt())
                    .isLessThan(before.get("JSEventListeners").getAsInt() * 11 / 10);
            assertThat(after.get(HEAP).getAsLong()).isLessThan(before.get(HEAP).getAsLong() * 5 / 4);
        }
    }
}
