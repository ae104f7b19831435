package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitUntilState;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a person meets with it: in a Chromium, where there is one. In CI there has to be. */
class PageTest extends Browsed {

    /** Longer than the page waits before it looks again. */
    private static final double NEWS_MS = 30_000;

    private static final int TOUCHPOINTS = 200;

    private static Touchstone busy;
    private static PageSite site;

    @BeforeAll
    static void open(@TempDir Path folder) {
        busy = Shop.busy(TOUCHPOINTS);
        site = new PageSite(busy, folder);
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
            busy.close();
        }
    }

    private Page look() {
        return look(site.address(), new Browser.NewContextOptions());
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
                .contains("95% between");
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
                PageSite ofOne = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(ofOne.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#empty").textContent())
                    .contains("1 customer is known.")
                    .contains("4 more customers are needed: scores are shown for groups of at least 5.")
                    .contains("touchstone.minimum-group-size=0")
                    .doesNotContain("anonymous:");
            assertThat(page.locator("#overall").textContent())
                    .contains("Withheld.")
                    .doesNotContain("hurts most,");
            assertThat(page.locator("#pain").textContent())
                    .contains("1 withheld, fewer than 5 customers: cart. At least 5 are needed.")
                    .doesNotContain("Nothing happened");
            assertThat(page.locator("footer").textContent()).contains("Groups of fewer than 5 customers are withheld.");
            assertThat(violations(page)).isEmpty();
        }
    }

    @Test
    void nothingIsWithheldIfSmallGroupsAreShown(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(TouchstoneBuilder::showSmallGroups, "ada");
                PageSite ofOne = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(ofOne.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#empty").isVisible()).isFalse();
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
                PageSite caring = new PageSite(touchstone, folder, this::leave)) {
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
            assertThat(violations(page)).isEmpty();
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
                PageSite anonymous = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(anonymous.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#empty").textContent())
                    .contains("Every event so far is anonymous: there are no customer scores and no journeys.")
                    .contains("CustomerResolver");
            assertThat(page.locator("#overall").textContent()).doesNotContain("withheld");
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
                PageSite ofEight = new PageSite(touchstone, folder, this::leave)) {
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
                PageSite old = new PageSite(touchstone, folder, this::leave)) {
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
                PageSite answered = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(answered.address(), new Browser.NewContextOptions());
            Locator panel = page.locator("#predicted");
            assertThat(panel.isVisible()).isTrue();
            assertThat(panel.textContent())
                    .contains("40 customers")
                    .contains("75% satisfied")
                    .contains("40 answers")
                    .contains("apart by");
            assertThat(panel.locator("tbody tr").count()).isEqualTo(10);
            page.locator("#who").fill("c4");
            page.locator("#who").press("Enter");
            PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("would be satisfied");
            assertThat(page.locator("#customer .content").textContent()).contains("learned from 40 answers");
            assertThat(violations(page)).isEmpty();
        }
    }

    @Test
    void touchpointsAreRankedFirstAndChannelsInside(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.old(Duration.ofDays(1), 3);
                PageSite old = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(old.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#pain button.row").allTextContents()).containsExactly("▸ pay", "▸ search");
            assertThat(page.locator("#overall .headline").textContent())
                    .contains("pay hurts most, above all in the channel ");
            page.locator("#pain button.row").first().click();
            assertThat(page.locator("#pain th.channel").allTextContents()).containsExactlyInAnyOrder("app", "web");
            assertThat(page.locator("#pain .detail").count()).isEqualTo(2);
            page.locator("#map .node").first().click();
            assertThat(page.locator("#pain .detail").count()).isPositive();
            assertThat(violations(page)).isEmpty();
        }
    }

    @Test
    void nothingStandsOutWhereEveryTouchpointCostsLittle(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.calm();
                PageSite calm = new PageSite(touchstone, folder, this::leave)) {
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
                PageSite empty = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(empty.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#empty").isVisible()).isTrue();
            assertThat(page.locator("#empty").textContent()).contains("touchstone.json");
            assertThat(page.locator("#pain").isVisible()).isFalse();
            assertThat(violations(page)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360", "DARK, 360"})
    void anAuditOfAccessibilityFindsNothing(ColorScheme scheme, int width) {
        Page page = look(
                site.address(),
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
        page.locator("#pain button.row").first().click();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("Pseudonym");
        assertThat(violations(page)).isEmpty();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing sticks out")
                .isTrue();
    }

    private static List<String> names(Page page) {
        return page.locator("#pain button.row").allTextContents();
    }

    private static Locator sort(Page page, String column) {
        return page.locator("#pain button.sort").filter(new Locator.FilterOptions().setHasText(column));
    }

    @Test
    void searchNarrowsTheList() {
        Page page = look();
        assertThat(page.locator("#pain .found").textContent()).isEmpty();
        page.locator("#pain input[type=search]").pressSequentially("point 11");
        assertThat(page.locator("#pain .found").textContent()).isEqualTo("11 of 200 touchpoints.");
        assertThat(names(page)).hasSize(10).allMatch(name -> name.contains("Touchpoint 11"));
        page.locator("#pain select[name=owner]").selectOption("team-3");
        assertThat(page.locator("#pain .found").textContent()).isEqualTo("2 of 200 touchpoints.");
        assertThat(names(page)).containsExactlyInAnyOrder("▸ Touchpoint 113", "▸ Touchpoint 118");
        page.locator("#pain input[type=search]").fill("nothing like this");
        assertThat(page.locator("#pain .found").textContent()).isEqualTo("0 of 200 touchpoints.");
        page.locator("#pain button[type=reset]").click();
        assertThat(page.locator("#pain .found").textContent()).isEmpty();
        assertThat(names(page)).hasSize(10);
        assertThat(page.url()).isEqualTo(site.address());
        assertThat(requests).noneMatch(url -> url.contains("point+11") || url.contains("nothing"));
    }

    @Test
    void aLinkShowsTheSameRangeFilterOrderAndOpenedRow() {
        Page page = look();
        page.locator("#overall .ranges button").first().click();
        page.locator("#pain input[type=search]").fill("touchpoint");
        page.locator("#pain select[name=stage]").selectOption("USE");
        page.locator("#pain select[name=channel]").selectOption("app");
        sort(page, "events").click();
        sort(page, "events").click();
        page.locator("#pain button.row").nth(1).click();
        String link = page.url();
        List<String> rows = page.locator("#pain tbody tr").allTextContents();
        context.close();
        Page again = look(link, new Browser.NewContextOptions());
        assertThat(again.url()).isEqualTo(link);
        assertThat(again.locator("#pain tbody tr").allTextContents()).isEqualTo(rows);
        assertThat(again.locator("#pain input[type=search]").inputValue()).isEqualTo("touchpoint");
        assertThat(again.locator("#pain select[name=stage]").inputValue()).isEqualTo("USE");
        assertThat(again.locator("#pain button.row[aria-expanded=true]").count())
                .isEqualTo(1);
        assertThat(again.locator("#pain th[aria-sort=ascending]").textContent()).startsWith("events");
        assertThat(again.locator("#overall .ranges button[aria-pressed=true]").textContent())
                .isEqualTo("Day");
    }

    @Test
    void sortingByEffortPutsTheWorstFirst() {
        Page page = look();
        sort(page, "effort").click();
        assertThat(page.locator("#pain th[aria-sort=descending]").textContent()).startsWith("effort");
        List<Double> efforts = efforts(page);
        assertThat(efforts).hasSize(10).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(efforts.get(0)).isPositive();
        sort(page, "effort").click();
        assertThat(efforts(page)).isSorted().first().isNotEqualTo(efforts.get(0));
        sort(page, "touchpoint").click();
        assertThat(names(page)).isSorted();
    }

    private static List<Double> efforts(Page page) {
        return page.locator("#pain tbody tr td:nth-of-type(5) > span").allTextContents().stream()
                .map(Double::valueOf)
                .toList();
    }

    @Test
    void aTouchpointOfFiveChannelsIsOneRow(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.wide();
                PageSite wide = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(wide.address(), new Browser.NewContextOptions());
            page.locator("#pain .content > button").click();
            assertThat(names(page)).hasSize(200).doesNotHaveDuplicates();
            page.locator("#pain input[type=search]").fill("touchpoint 42");
            Locator one = row(page, "Touchpoint 42");
            one.click();
            assertThat(page.locator("#pain th.channel").allTextContents())
                    .containsExactlyInAnyOrder("app", "partner", "phone", "store", "web");
            page.locator("#pain select[name=channel]").selectOption("phone");
            assertThat(page.locator("#pain th.channel").count()).isZero();
            assertThat(page.locator("#pain tbody th").first().textContent()).contains("phone");
        }
    }

    @Test
    void threeQuestionsAreAnsweredOnOneScreen(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.past();
                PageSite past = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(past.address(), new Browser.NewContextOptions().setViewportSize(1366, 768));
            Locator line = page.locator("#doing svg.trend");
            line.waitFor();
            BoundingBox screen = page.locator("#overall").boundingBox();
            assertThat(screen.y + screen.height).isLessThanOrEqualTo(768);
            assertThat(page.locator("#doing").textContent())
                    .contains("Experience, 100 is best", "Effort, 0 is best", "against last week")
                    .contains("Last 7 days: ", " on average, ", " against the 7 days before (");
            assertThat(page.locator("#hurts").textContent())
                    .contains("Pay for the basket hurts most", "Worse since ", "against last week: outcome");
            assertThat(page.locator("#hurts li").count()).isEqualTo(3);
            assertThat(page.locator("#help").textContent())
                    .contains("4 open cases", "payments", "less than a minute", "failure at a moment of truth");
            assertThat(page.locator("#help li").count()).isEqualTo(3);
            page.locator("#help button").click();
            assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
                    .isEqualTo("Recovery cases");
            assertThat(violations(page)).isEmpty();
        }
    }

    @Test
    void theTrendLineShowsTheMark(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.past();
                PageSite past = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(past.address(), new Browser.NewContextOptions().setLocale("de-DE"));
            Locator line = page.locator("#doing svg.trend");
            line.waitFor();
            assertThat(line.getAttribute("aria-label"))
                    .startsWith("Erlebnis. Letzte 7 Tage: von ")
                    .contains(". Markierungen: release 2.3.1, ");
            assertThat(line.locator(".mark text").allTextContents()).containsExactly("release 2.3.1");
            assertThat(line.locator("polyline").count()).isEqualTo(1);
            assertThat(line.locator("polygon.area").count()).isEqualTo(1);
            assertThat(line.locator("text").allTextContents()).anyMatch(text -> text.startsWith("So., 8."));
            page.locator("#overall .ranges button").last().click();
            PlaywrightAssertions.assertThat(line)
                    .hasAttribute("aria-label", Pattern.compile("^Erlebnis. Letzte 91 Tage: .*release 2\\.3\\.1.*"));
            assertThat(page.locator("#doing .comparison").textContent())
                    .contains("Aus den 91 Tagen davor ist kein Wert bekannt.");
            assertThat(requests).anyMatch(url -> url.endsWith("history.json?resolution=day"));
        }
    }

    @Test
    void aTouchpointHasAViewOfItsOwnAtAnAddress(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.past();
                PageSite past = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(past.address(), new Browser.NewContextOptions());
            page.locator("#hurts a").first().click();
            PlaywrightAssertions.assertThat(page.locator("#touchpoint-title")).isFocused();
            assertThat(page.url()).endsWith("#touchpoint=pay");
            assertThat(page.locator("#overall").isVisible()).isFalse();
            page.locator("#touchpoint svg.trend").waitFor();
            assertThat(page.locator("#touchpoint").textContent())
                    .contains("Pay for the basket", "stage Purchase, journey purchase, owner payments, importance 3")
                    .contains("Where the experience score comes from", "against last week: outcome")
                    .contains("Durations against the target of 200 ms", "Outcomes since the start")
                    .contains("Satisfied, %", "touchstone.touchpoint=\"pay\"")
                    .contains("{ span.touchstone.touchpoint = \"pay\" }")
                    .contains("{service_name=\"shop\"} | touchstone_touchpoint=\"pay\"")
                    .contains("2026-03-03T11:00:00.000Z/2026-03-10T11:00:00.000Z");
            assertThat(violations(page)).isEmpty();
            page.locator("#touchpoint .queries button").first().click();
            PlaywrightAssertions.assertThat(
                            page.locator("#touchpoint .queries [role=status]").first())
                    .hasText(Pattern.compile("copied|selected"));
            page.locator("#touchpoint .ranges button").first().click();
            PlaywrightAssertions.assertThat(page.locator("#touchpoint"))
                    .containsText("2026-03-09T11:00:00.000Z/2026-03-10T11:00:00.000Z");
            page.goBack();
            PlaywrightAssertions.assertThat(page.locator("#overall")).isVisible();
            assertThat(page.locator("#touchpoint").isVisible()).isFalse();
        }
    }

    @Test
    void aLinkToATouchpointThatIsNotThereSaysSo() {
        Page page = look(site.address() + "#touchpoint=nowhere", new Browser.NewContextOptions());
        assertThat(page.locator("#touchpoint").textContent()).contains("No touchpoint has this name");
        page.locator("#touchpoint a").click();
        PlaywrightAssertions.assertThat(page.locator("#pain")).isVisible();
    }

    @Test
    void aDashForTooFewCustomersIsExplained(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.past();
                PageSite past = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(past.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#value").textContent())
                    .contains("A dash, or “withheld”, stands for a group of fewer than 10 customers."
                            + " To see it while you develop, set touchstone.minimum-group-size=0.");
        }
    }

    @Test
    void withoutCareThePageSaysHowToSwitchItOn() {
        assertThat(look().locator("#help").textContent()).contains("touchstone.care.enabled=true");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, ''", "DARK, #touchpoint=pay", "LIGHT, #open=pay"})
    void onAPhoneNothingIsCut(ColorScheme scheme, String view, @TempDir Path folder) {
        try (Touchstone touchstone = Shop.past();
                PageSite past = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(
                    past.address() + view,
                    new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(390, 844));
            page.locator("svg.trend:visible").waitFor();
            assertThat(page.evaluate("() => [document.documentElement, ...document.querySelectorAll('.scroll')]"
                            + ".filter(e => e.scrollWidth > e.clientWidth + 1)"
                            + ".map(e => `${e.getAttribute('aria-label')} ${e.scrollWidth}`).join()"))
                    .isEqualTo("");
            assertThat(violations(page)).isEmpty();
        }
    }

    @Test
    void itPrints() {
        Page page = look();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("#customer form").isVisible()).isFalse();
        assertThat(page.pdf()).isNotEmpty();
    }
}
