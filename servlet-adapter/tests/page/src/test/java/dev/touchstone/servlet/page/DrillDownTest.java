package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.touchstone.Touchstone;
import dev.touchstone.care.CareSettings;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.PageLinks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a number to where it comes from: a journey's steps, variants, one touchpoint, one customer. */
class DrillDownTest extends Browsed {

    static final PageLinks LINKS = PageLinks.of(Map.of(
            "Grafana", "https://grafana.example.com/d/cx?var-touchpoint={touchpoint}&from={from}&to={to}",
            "Sentry", "https://sentry.example.com/issues/?query={touchpoint}&start={fromTime}&end={toTime}"));

    private static Touchstone shop;
    private static PageSite site;

    @BeforeAll
    static void open(@TempDir Path folder) {
        shop = shop();
        site = new PageSite(shop, LINKS, folder, () -> {});
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
            shop.close();
        }
    }

    /**
     * Returns one of which, an hour ago, 40 customers searched; 30 went on to the basket, 10 of them after a second search; 12 of these
     * left there, and 18 paid. Ten others have just begun. Under the build 413 three of ten events at the basket fail.
     */
    static Touchstone shop() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .name("shop")
                .prediction()
                .care(CareSettings.usual())
                .catalog(catalog -> catalog.touchpoint(
                                "search", t -> t.journey("purchase").title("Find a thing"))
                        .touchpoint("basket", t -> t.journey("purchase").title("Look at the basket"))
                        .touchpoint("pay", t -> t.journey("purchase").owner("payments"))
                        .journey("purchase", j -> j.ends("pay"))
                        .variants(List.of("build", "flag:checkout")))
                .build();
        for (int i = 0; i < 40; i++) {
            CustomerId customer = CustomerId.of("c" + i);
            at(touchstone, now, "search", customer, Outcome.SUCCESS);
            if (i < 10) {
                at(touchstone, now, "search", customer, Outcome.SUCCESS);
            }
            if (i < 30) {
                at(touchstone, now, "basket", customer, Outcome.DEGRADED);
            }
            if (i < 18) {
                at(touchstone, now, "pay", customer, i == 17 ? Outcome.FAILURE : Outcome.SUCCESS);
                touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.csat(1 + i % 5)));
            }
        }
        now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
        for (int i = 0; i < 400; i++) {
            touchstone.record(TouchpointEvent.builder("GET /help")
                    .attribute("build", i % 2 == 0 ? "412" : "413")
                    .outcome(i % 2 == 1 && i % 10 < 6 ? Outcome.FAILURE : Outcome.SUCCESS)
                    .build());
        }
        for (int i = 0; i < 10; i++) {
            at(touchstone, now, "search", CustomerId.of("late" + i), Outcome.SUCCESS);
        }
        return touchstone;
    }

    private static void at(
            Touchstone touchstone,
            AtomicReference<Instant> now,
            String touchpoint,
            CustomerId customer,
            Outcome outcome) {
        now.updateAndGet(before -> before.plusSeconds(10));
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .channel(Channel.WEB)
                .outcome(outcome)
                .duration(Duration.ofMillis(150))
                .build());
    }

    private Page lookAt(String view) {
        return look(site.address() + view);
    }

    private static Locator step(Page page, String start) {
        return page.locator("#map .funnel tbody tr")
                .filter(new Locator.FilterOptions().setHasText(start))
                .first();
    }

    @Test
    void funnelNamesWhereTheyLeft() {
        Page page = lookAt("");
        assertThat(page.locator("#map .funnel p").first().textContent())
                .isEqualTo("Most are left after Look at the basket, step 2: 12 of 20 (60%).");
        assertThat(step(page, "1. Find a thing").locator("td").allInnerTexts().subList(1, 4))
                .satisfiesExactly(
                        reached -> assertThat(reached).isEqualTo("50"),
                        wentOn -> assertThat(wentOn).isEqualTo("30"),
                        left -> assertThat(left).contains("10", "25%"));
        assertThat(step(page, "2. Look at the basket").textContent()).contains("60%");
        assertThat(step(page, "3. pay").textContent()).contains("7 completed");
    }

    @Test
    void funnelHasLoopsTimesAndScoresAndKeepsOpenJourneysApart() {
        Page page = lookAt("");
        assertThat(step(page, "2. Find a thing").textContent()).contains("↻ 10 again");
        assertThat(step(page, "1. Find a thing").locator("td").nth(4).textContent())
                .contains("sec");
        assertThat(step(page, "1. Find a thing").locator("td").first().textContent())
                .containsPattern("\\d+\\.\\d");
        assertThat(page.locator("#map .funnel").textContent()).contains("10 open journeys are in no share.");
    }

    @Test
    void stepLeadsToItsTouchpoint() {
        Page page = lookAt("");
        step(page, "2. Look at the basket").locator("a").click();
        PlaywrightAssertions.assertThat(page.locator("#touchpoint-title")).hasText("Look at the basket");
    }

    @Test
    void touchpointListsWhoMissedItAndOpensTheCustomer() {
        Page page = lookAt("#touchpoint=pay");
        Locator customer = page.locator("#touchpoint button:has(code)");
        PlaywrightAssertions.assertThat(customer).hasCount(1);
        String pseudonym = shop.key(CustomerId.of("c17")).toString();
        assertThat(customer.textContent()).isEqualTo(pseudonym);
        customer.press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText(pseudonym);
        assertThat(page.url()).doesNotContain(pseudonym);
        page.goBack();
        PlaywrightAssertions.assertThat(page.locator("#touchpoint-title")).hasText("pay");
    }

    @Test
    void fewCustomersAreNotListed(@TempDir Path folder) {
        try (Touchstone few = Shop.visited(builder -> builder.minimumGroupSize(5), "ada");
                PageSite ofOne = new PageSite(few, folder, this::leave)) {
            Page page = look(ofOne.address() + "#touchpoint=cart");
            PlaywrightAssertions.assertThat(page.locator("#touchpoint")).containsText("Withheld");
            assertThat(page.locator("#touchpoint button:has(code)").count()).isZero();
        }
    }

    @Test
    void linksCarryTheTouchpointAndTheRange() {
        Page page = lookAt("#touchpoint=GET+%2Fhelp&range=day");
        Locator links = page.locator("#touchpoint .links a");
        PlaywrightAssertions.assertThat(links).hasCount(2);
        PlaywrightAssertions.assertThat(links.first()).hasText("Open in Grafana");
        long end = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
        assertThat(links.first().getAttribute("href"))
                .isEqualTo("https://grafana.example.com/d/cx?var-touchpoint=GET%20%2Fhelp&from="
                        + (end - Duration.ofDays(1).toMillis()) + "&to=" + end);
        assertThat(links.nth(1).getAttribute("href"))
                .endsWith("query=GET%20%2Fhelp&start=2026-02-28T12%3A00%3A00.000Z&end=2026-03-01T12%3A00%3A00.000Z");
        assertThat(links.first().getAttribute("rel")).isEqualTo("noopener noreferrer");
    }

    @Test
    void comparisonNamesTheWorseBuild() {
        Page page = lookAt("");
        assertThat(page.locator("#variants .content > p").first().textContent()).startsWith("413 is worse than 412: ");
        assertThat(page.locator("#variants tbody tr").nth(0).textContent()).contains("412", "200", "reference");
        assertThat(page.locator("#variants tbody tr").nth(1).textContent()).contains("413", "200", "−", "▼ worse");
    }

    @Test
    void touchpointComparesTheBuildsByItsOwnEvents() {
        Page page = lookAt("#touchpoint=GET+%2Fhelp");
        Locator table = page.locator("#touchpoint .scroll[aria-label='Events by the value of build']");
        PlaywrightAssertions.assertThat(table.locator("tbody tr")).hasCount(2);
        assertThat(table.locator("tbody tr").nth(0).textContent()).contains("412", "200", "reference");
        assertThat(table.locator("tbody tr").nth(1).textContent()).contains("413", "200", "−", "▼ worse");
        assertThat(table.locator("thead").textContent()).doesNotContain("completed journeys");
        assertThat(page.locator("#touchpoint").textContent())
                .contains("These are the events at this touchpoint")
                .doesNotContain("flag:checkout");
        page.navigate(site.address() + "#touchpoint=search");
        PlaywrightAssertions.assertThat(page.locator("#touchpoint-title")).hasText("Find a thing");
        PlaywrightAssertions.assertThat(page.locator("#touchpoint")).containsText("Last customers who missed it");
        assertThat(page.locator("#touchpoint").textContent()).doesNotContain("Comparison of variants");
    }

    @Test
    void linkShowsTheSameAttribute() {
        Page page = lookAt("");
        page.locator("#variants .choices button").nth(1).click();
        PlaywrightAssertions.assertThat(page.locator("#variants"))
                .containsText("No event had the attribute flag:checkout so far.");
        assertThat(page.url()).contains("compare=flag%3Acheckout");
        page.reload();
        PlaywrightAssertions.assertThat(page.locator("#variants .choices button[aria-pressed=true]"))
                .hasText("flag:checkout");
    }

    @Test
    void customerHasATimelineAndWhatWouldChangeIt() {
        Page page = lookAt("");
        page.locator("#who").fill("late3");
        page.locator("#who").press("Enter");
        Locator content = page.locator("#customer .content");
        PlaywrightAssertions.assertThat(content).containsText("Timeline");
        assertThat(page.locator("#customer .timeline li").allTextContents())
                .anyMatch(entry -> entry.endsWith("last event, at search"))
                .anyMatch(entry -> entry.endsWith("the journey purchase began"));
        page.locator("#who").fill("c17");
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(content)
                .containsText("flawless events in a row would make the experience score good");
        PlaywrightAssertions.assertThat(content).containsText("What the prediction is made of");
        PlaywrightAssertions.assertThat(content).containsText("quality of the last event");
    }

    @Test
    void caseOfACustomerIsInTheTimeline() {
        shop.care().cases().open(CustomerId.of("c20"), "pay", "called twice");
        Page page = lookAt("");
        page.locator("#who").fill("c20");
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#customer .timeline"))
                .containsText("a case was opened at pay: called twice");
    }

    private static void nothingIsCut(Page page) {
        page.setViewportSize(390, 844);
        assertThat(
                        page.evaluate(
                                "() => [...document.querySelectorAll('#map .scroll, #variants .scroll, #customer .scroll')]"
                                        + ".filter(box => box.scrollWidth > box.clientWidth).map(box => box.getAttribute('aria-label'))"))
                .isEqualTo(List.of());
    }

    private static void nothingSticksOut(Page page) {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    private static void show(Page page, String customer) {
        page.locator("#who").fill(customer);
        page.locator("#who").press("Enter");
        page.locator("#customer .timeline").waitFor();
    }

    @Test
    void noTableIsCutOnAPhoneInGerman() {
        Page page = look(site.address(), new Browser.NewContextOptions().setLocale("de"));
        show(page, "c17");
        nothingIsCut(page);
    }

    @Test
    void nothingIsInTheWayOfAnybodyAtAnyWidth() {
        Page page = look(site.address(), 1366, 844);
        show(page, "c17");
        assertThat(violations(page)).isEmpty();
        nothingSticksOut(page);
        nothingIsCut(page);
        nothingSticksOut(page);
        assertThat(violations(page)).isEmpty();
        page.locator("#variants .choices button").nth(1).click();
        nothingSticksOut(page);
        assertThat(violationsIn(page, "#variants")).isEmpty();
    }

    @Test
    void nothingIsInTheWayInTheViewOfATouchpoint() {
        Page page = lookAt("#touchpoint=pay");
        PlaywrightAssertions.assertThat(page.locator("#touchpoint .links a")).hasCount(2);
        for (int width : new int[] {1366, 390}) {
            page.setViewportSize(width, 844);
            nothingSticksOut(page);
            assertThat(violationsIn(page, "#touchpoint")).as("width %d", width).isEmpty();
        }
    }
}
