package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitUntilState;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a person meets with it: in a Chromium, where there is one. In CI there has to be. */
class PageTest {

    /** Longer than the page waits before it looks again. */
    private static final double NEWS_MS = 30_000;

    private static final int TOUCHPOINTS = 200;

    private static Chromium chromium;
    private static Touchstone busy;
    private static PageSite site;

    private final List<String> troubles = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void open(@TempDir Path folder) {
        Optional<Path> executable = Chromium.executable();
        if (executable.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("there is no Chromium, and in CI the page has to be seen in one");
        }
        Assumptions.assumeTrue(executable.isPresent(), "the page is not looked at: there is no Chromium");
        chromium = new Chromium(executable.get());
        busy = Shop.busy(TOUCHPOINTS);
        site = new PageSite(busy, folder);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            site.close();
            busy.close();
            chromium.close();
        }
    }

    private Page look(String address, Browser.NewContextOptions options) {
        context = chromium.browser().newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onDialog(dialog -> {
            troubles.add("a script ran: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(address);
        PlaywrightAssertions.assertThat(page.locator("#as-of")).containsText("as of");
        return page;
    }

    private Page look() {
        return look(site.address(), new Browser.NewContextOptions());
    }

    @AfterEach
    void nothingWentWrongAndNobodyElseWasAsked() {
        if (context != null) {
            context.close();
            assertThat(troubles).isEmpty();
            assertThat(requests)
                    .isNotEmpty()
                    .allSatisfy(
                            url -> assertThat(URI.create(url).getAuthority()).startsWith("127.0.0.1:"));
        }
    }

    private static Locator row(Page page, String name) {
        return page.locator("#pain button.row").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void itShowsEverythingWithTwoHundredTouchpoints() {
        Page page = look();
        for (String section :
                List.of("overall", "map", "pain", "channels", "indices", "inventory", "customer", "health")) {
            assertThat(page.locator("#" + section).isVisible()).as(section).isTrue();
        }
        assertThat(page.locator("#empty").isVisible()).isFalse();
        assertThat(page.locator("#pain tbody button.row").count()).isEqualTo(10);
        assertThat(page.locator("#inventory").textContent())
                .contains("Declared but never seen (1)")
                .contains("Touchpoint " + (TOUCHPOINTS - 1))
                .contains("GET /orders/*, 15 events");
        assertThat(page.locator("#indices").textContent())
                .contains("Net promoter score")
                .contains("15 answers")
                .contains("95 % between");
        assertThat(page.locator("#health").textContent()).contains("balance");
        for (int i = 0; i < 3; i++) {
            page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
            page.waitForSelector("#pain tbody tr");
            System.out.println("page: " + TOUCHPOINTS + " touchpoints were there after "
                    + page.evaluate("() => Math.round(performance.now())") + " ms");
        }
    }

    @Test
    void anExplanationSumsToAHundred() {
        Page page = look();
        Locator button = page.locator("#pain button.row").first();
        button.click();
        assertThat(page.locator("#pain .detail tr.total").first().textContent()).contains("100.0");
        assertThat(button.getAttribute("aria-expanded")).isEqualTo("true");
        button.click();
        assertThat(page.locator("#pain .detail").count()).isZero();
    }

    @Test
    void smallGroupsAreWithheld() {
        Page page = look();
        assertThat(page.locator("#pain").textContent())
                .contains("1 more withheld")
                .contains("GET /rare");
        assertThat(row(page, "GET /rare").count()).isZero();
    }

    @Test
    void pageSaysHowManyCustomersAreNeededAndHowToSeeEverything(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(builder -> builder.minimumGroupSize(5), "ada");
                PageSite ofOne = new PageSite(touchstone, folder)) {
            Page page = look(ofOne.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#overall").textContent())
                    .contains("Scores are withheld from groups of fewer than 5 customers, and 1 is known so far.")
                    .contains("touchstone.minimum-group-size=0")
                    .doesNotContain("anonymous")
                    .doesNotContain("hurts most");
            assertThat(page.locator("#pain").textContent())
                    .contains("1 withheld, fewer than 5 customers each: cart")
                    .doesNotContain("Nothing happened");
            assertThat(page.locator("footer").textContent()).contains("Groups of fewer than 5 customers are withheld.");
            assertThat(seriousFindings(page)).isEmpty();
        }
    }

    @Test
    void nothingIsWithheldIfSmallGroupsAreShown(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(TouchstoneBuilder::showSmallGroups, "ada");
                PageSite ofOne = new PageSite(touchstone, folder)) {
            Page page = look(ofOne.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#overall").textContent()).doesNotContain("withheld");
            assertThat(page.locator("#pain button.row").count()).isEqualTo(1);
            assertThat(page.locator("footer").textContent()).contains("No group is withheld, however small.");
        }
    }

    @Test
    void customersWhoNeedHelpAreListedWithoutTheirNames(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(
                        builder -> builder.care()
                                .showSmallGroups()
                                .catalog(catalog -> catalog.touchpoint(
                                        "pay", pay -> pay.importance(3).owner("payments"))),
                        "ada");
                PageSite caring = new PageSite(touchstone, folder)) {
            Page page = look(caring.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#cases").isVisible()).isFalse();
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .outcome(Outcome.FAILURE)
                    .build());
            PlaywrightAssertions.assertThat(page.locator("#cases"))
                    .containsText(
                            "1 open, the most urgent first.",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(NEWS_MS));
            assertThat(page.locator("#cases").textContent())
                    .contains("pay", "payments", "open", "less than a minute")
                    .contains("take up within 59 minutes", "failure at a moment of truth", "outcome ")
                    .doesNotContain(touchstone.key(CustomerId.of("ada")).toString());
            assertThat(seriousFindings(page)).isEmpty();
            touchstone
                    .care()
                    .cases()
                    .resolve(touchstone.care().cases().all().get(0).id(), Resolution.FULL);
            PlaywrightAssertions.assertThat(page.locator("#cases"))
                    .containsText("No case is open.", new LocatorAssertions.ContainsTextOptions().setTimeout(NEWS_MS));
        }
    }

    @Test
    void pageSaysThatEveryEventIsAnonymous(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(builder -> builder, (String) null);
                PageSite anonymous = new PageSite(touchstone, folder)) {
            Page page = look(anonymous.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#overall").textContent())
                    .contains("Every event so far is anonymous: there are no customer scores and no journeys. Define a"
                            + " CustomerResolver")
                    .doesNotContain("withheld");
        }
    }

    @Test
    void whateverLooksLikeAScriptStaysText() {
        Page page = look();
        page.locator("#pain .content > button").click(); // all of them
        Locator hostile = row(page, Shop.HOSTILE);
        assertThat(hostile.count()).isEqualTo(1);
        hostile.click();
        page.locator("#who").fill(Shop.HOSTILE);
        page.locator("#customer button").click();
        PlaywrightAssertions.assertThat(page.locator("#customer .content"))
                .containsText("Nothing is known of this customer");
        assertThat(page.locator("main img, main script").count()).isZero();
    }

    @Test
    void aCustomerIsShownByIdAndByPseudonymAndTheIdIsInNoAddress() {
        Page page = look();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        Locator answer = page.locator("#customer .content");
        String pseudonym = busy.key(CustomerId.of("c7")).toString();
        PlaywrightAssertions.assertThat(answer).containsText(pseudonym);
        assertThat(answer.textContent())
                .contains("experience, whole lifetime")
                .contains("last event")
                .contains("Last verdicts")
                .contains("Where the experience score comes from");
        page.locator("input[value=pseudonym]").check();
        page.locator("#who").fill("no pseudonym");
        troubles.clear();
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(answer).containsText("neither an id nor a pseudonym");
        troubles.removeIf(trouble -> trouble.contains("status of 400")); // the browser's own remark
        page.locator("#who").fill(pseudonym);
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(answer).containsText("experience, whole lifetime");
        assertThat(requests).noneMatch(url -> url.contains("c7") || url.contains(pseudonym));
        assertThat(page.url()).isEqualTo(site.address());
    }

    @Test
    void aWalkByKeyboardReachesEverythingAndOpensIt() {
        Page page = look();
        List<String> met = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            page.keyboard().press("Tab");
            met.add((String) page.evaluate("() => { const e = document.activeElement;"
                    + " return e.className.baseVal ?? (e.className || e.id || e.name || e.textContent) }"));
        }
        assertThat(met.get(0)).isEqualTo("skip");
        assertThat(met).anyMatch(name -> name.startsWith("node ")).contains("row", "who", "map-wide");
        page.locator("#map .node").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-expanded')"))
                .isEqualTo("true");
        assertThat(page.locator("#pain button.row[aria-expanded=true]").count()).isEqualTo(1);
    }

    @Test
    void newsComesInWithoutLosingWhatIsOpenAndWhereOneIs(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.busy(8);
                PageSite ofEight = new PageSite(touchstone, folder)) {
            Page page = look(ofEight.address(), new Browser.NewContextOptions());
            Locator button = page.locator("#pain button.row").first();
            button.focus();
            page.keyboard().press("Enter");
            String before = page.locator("#health").textContent();
            touchstone.record(
                    TouchpointEvent.builder("t0").customer(CustomerId.of("c1")).build());
            PlaywrightAssertions.assertThat(page.locator("#health"))
                    .not()
                    .hasText(before, new LocatorAssertions.HasTextOptions().setTimeout(NEWS_MS));
            assertThat(page.locator("#pain button.row[aria-expanded=true]").count())
                    .isEqualTo(1);
            assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-expanded')"))
                    .isEqualTo("true");
        }
    }

    @ParameterizedTest
    @CsvSource({"PT167H, since start, last week", "PT168H, last week, since start"})
    void lastWeekIsNamedOnceTheCountersAreAWeekOld(Duration age, String named, String notNamed, @TempDir Path folder) {
        try (Touchstone touchstone = Shop.old(age, 3);
                PageSite old = new PageSite(touchstone, folder)) {
            Page page = look(old.address(), new Browser.NewContextOptions());
            page.locator("#pain button.row").first().click();
            for (String section : List.of("overall", "pain")) {
                String text = page.locator("#" + section).innerHTML();
                assertThat(text).as(section).contains(named).doesNotContain(notNamed);
            }
            assertThat(page.locator("#overall").textContent())
                    .contains(named.equals("since start") ? "against the score since start" : "against last week");
        }
    }

    @Test
    void whatEverybodyWouldAnswerIsShownWithItsReliability(@TempDir Path folder) {
        assertThat(look().locator("#predicted").isVisible())
                .as("without predictions")
                .isFalse();
        context.close();
        try (Touchstone touchstone = Shop.answered();
                PageSite answered = new PageSite(touchstone, folder)) {
            Page page = look(answered.address(), new Browser.NewContextOptions());
            Locator panel = page.locator("#predicted");
            assertThat(panel.isVisible()).isTrue();
            assertThat(panel.textContent())
                    .contains("40 customers")
                    .contains("75 % satisfied")
                    .contains("40 answers")
                    .contains("apart by");
            assertThat(panel.locator("tbody tr").count()).isEqualTo(10);
            page.locator("#who").fill("c4");
            page.locator("#who").press("Enter");
            PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("would be satisfied");
            assertThat(page.locator("#customer .content").textContent()).contains("learned from 40 answers");
            assertThat(seriousFindings(page)).isEmpty();
        }
    }

    @Test
    void touchpointsAreRankedFirstAndChannelsInside(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.old(Duration.ofDays(1), 3);
                PageSite old = new PageSite(touchstone, folder)) {
            Page page = look(old.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#pain button.row").allTextContents()).containsExactly("▸ pay", "▸ search");
            assertThat(page.locator("#overall .headline").textContent())
                    .contains("pay hurts most, above all in the channel ");
            page.locator("#pain button.row").first().click();
            assertThat(page.locator("#pain th.channel").allTextContents()).containsExactlyInAnyOrder("app", "web");
            assertThat(page.locator("#pain .detail").count()).isEqualTo(2);
            page.locator("#map .node").first().click();
            assertThat(page.locator("#pain .detail").count()).isPositive();
            assertThat(seriousFindings(page)).isEmpty();
        }
    }

    @Test
    void nothingStandsOutWhereEveryTouchpointCostsLittle(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.calm();
                PageSite calm = new PageSite(touchstone, folder)) {
            Page page = look(calm.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#overall .headline").textContent()).isEqualTo("Nothing stands out.");
            assertThat(page.locator("#map").textContent())
                    .contains("No completion rate yet")
                    .contains("20 ended too recently to count");
        }
    }

    @Test
    void anEmptyShopSaysWhatToDoNext(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.empty();
                PageSite empty = new PageSite(touchstone, folder)) {
            Page page = look(empty.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#empty").isVisible()).isTrue();
            assertThat(page.locator("#empty").textContent()).contains("touchstone.json");
            assertThat(page.locator("#pain").isVisible()).isFalse();
            assertThat(seriousFindings(page)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360", "DARK, 360"})
    void anAuditOfAccessibilityFindsNothingSerious(ColorScheme scheme, int width) {
        Page page = look(
                site.address(),
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
        page.locator("#pain button.row").first().click();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("Pseudonym");
        assertThat(seriousFindings(page)).isEmpty();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing sticks out")
                .isTrue();
    }

    @Test
    void itPrints() {
        Page page = look();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("#customer form").isVisible()).isFalse();
        assertThat(page.pdf()).isNotEmpty();
    }

    /** Runs axe, which the page itself would not load: the policy does not count for what the browser is told to run. */
    @SuppressWarnings("unchecked")
    private static List<String> seriousFindings(Page page) {
        page.evaluate(axe());
        return (List<String>)
                page.evaluate(
                        "async () => (await axe.run()).violations"
                                + ".filter(found => ['serious', 'critical'].includes(found.impact))"
                                + ".map(found => found.id + ': ' + found.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))");
    }

    private static String axe() {
        try (InputStream script = PageTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
