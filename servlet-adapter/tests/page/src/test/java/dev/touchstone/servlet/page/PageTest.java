package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a person meets with it: in a Chromium, where there is one. In CI there has to be. */
class PageTest extends Browsed {

    private static final int TOUCHPOINTS = 200; // of ReadOnlyShop.BUSY

    private Page look() {
        return look(ReadOnlyShop.BUSY.address());
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
        assertThat(page.locator("#predicted").isVisible())
                .as("without predictions")
                .isFalse();
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
            Page page = look(ofOne.address());
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
            assertThat(violationsIn(page, "#overall, #pain")).isEmpty();
        }
    }

    @Test
    void nothingIsWithheldIfSmallGroupsAreShown(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(TouchstoneBuilder::showSmallGroups, "ada");
                PageSite ofOne = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(ofOne.address());
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
            Page page = lookImpatiently(caring);
            assertThat(page.locator("#cases").isVisible()).isFalse();
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .outcome(Outcome.FAILURE)
                    .build());
            PlaywrightAssertions.assertThat(page.locator("#cases")).containsText("1 open, the most urgent first.");
            assertThat(page.locator("#cases").textContent())
                    .contains("pay", "payments", "open", "less than a minute")
                    .contains("take up within 59 minutes", "failure at a moment of truth", "outcome ")
                    .doesNotContain(touchstone.key(CustomerId.of("ada")).toString());
            assertThat(violationsIn(page, "#cases, #help")).isEmpty();
            touchstone
                    .care()
                    .cases()
                    .resolve(touchstone.care().cases().all().get(0).id(), Resolution.FULL);
            PlaywrightAssertions.assertThat(page.locator("#cases")).containsText("No case is open.");
        }
    }

    @Test
    void pageSaysThatEveryEventIsAnonymous(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(builder -> builder, (String) null);
                PageSite anonymous = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(anonymous.address());
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
        String pseudonym =
                ReadOnlyShop.BUSY.touchstone().key(CustomerId.of("c7")).toString();
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
        assertThat(page.url()).isEqualTo(ReadOnlyShop.BUSY.address());
    }

    @Test
    void newsComesInWithoutLosingWhatIsOpenAndWhereOneIs(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.busy(8);
                PageSite ofEight = new PageSite(touchstone, folder, this::leave)) {
            Page page = lookImpatiently(ofEight);
            Locator button = page.locator("#pain button.row").first();
            button.focus();
            page.keyboard().press("Enter");
            String before = page.locator("#health").textContent();
            touchstone.record(
                    TouchpointEvent.builder("t0").customer(CustomerId.of("c1")).build());
            PlaywrightAssertions.assertThat(page.locator("#health")).not().hasText(before);
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
            Page page = look(old.address());
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
        try (Touchstone touchstone = Shop.answered();
                PageSite answered = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(answered.address());
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
            assertThat(violationsIn(page, "#predicted, #customer")).isEmpty();
        }
    }

    @Test
    void touchpointsAreRankedFirstAndChannelsInside(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.old(Duration.ofDays(1), 3);
                PageSite old = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(old.address());
            assertThat(page.locator("#pain button.row").allTextContents()).containsExactly("▸ pay", "▸ search");
            assertThat(page.locator("#overall .headline").textContent())
                    .contains("pay hurts most, above all in the channel ");
            page.locator("#pain button.row").first().click();
            assertThat(page.locator("#pain th.channel").allTextContents()).containsExactlyInAnyOrder("app", "web");
            assertThat(page.locator("#pain .detail").count()).isEqualTo(2);
            page.locator("#map .node").first().click();
            assertThat(page.locator("#pain .detail").count()).isPositive();
            assertThat(violationsIn(page, "#overall, #pain")).isEmpty();
        }
    }

    @Test
    void nothingStandsOutWhereEveryTouchpointCostsLittle(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.calm();
                PageSite calm = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(calm.address());
            assertThat(page.locator("#overall .headline").textContent()).isEqualTo("Nothing stands out.");
            assertThat(page.locator("#map").textContent())
                    .contains("No completion rate yet")
                    .contains("20 ended too recently to count");
        }
    }

    @Test
    void anAuditOfAccessibilityFindsNothing() {
        Page page = look();
        page.locator("#pain button.row").first().click();
        page.locator("#who").fill("c7");
        page.locator("#who").press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#customer .content")).containsText("Pseudonym");
        for (int width : new int[] {1280, 360}) {
            page.setViewportSize(width, 900);
            assertThat(violations(page)).as("width %d", width).isEmpty();
            assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("nothing sticks out at %d", width)
                    .isTrue();
        }
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
        assertThat(page.url()).isEqualTo(ReadOnlyShop.BUSY.address());
        assertThat(requests).noneMatch(url -> url.contains("point+11") || url.contains("nothing"));
    }

    @Test
    void aLinkShowsTheSameRangeFilterOrderAndOpenedRow() {
        Page page = look();
        page.locator("#overall [data-key='range day']").click();
        page.locator("#pain input[type=search]").fill("touchpoint");
        page.locator("#pain select[name=stage]").selectOption("USE");
        page.locator("#pain select[name=channel]").selectOption("app");
        sort(page, "events").click();
        sort(page, "events").click();
        page.locator("#pain button.row").nth(1).click();
        String link = page.url();
        List<String> rows = page.locator("#pain tbody tr").allTextContents();
        Page again = look(link);
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
    void aTouchpointOfFiveChannelsIsOneRow() {
        Page page = look(ReadOnlyShop.WIDE.address());
        page.locator("#pain .content > button").click();
        assertThat(names(page)).hasSize(200).doesNotHaveDuplicates();
        page.locator("#pain input[type=search]").fill("touchpoint 42");
        row(page, "Touchpoint 42").click();
        assertThat(page.locator("#pain th.channel").allTextContents())
                .containsExactlyInAnyOrder("app", "partner", "phone", "store", "web");
        page.locator("#pain select[name=channel]").selectOption("phone");
        assertThat(page.locator("#pain th.channel").count()).isZero();
        assertThat(page.locator("#pain tbody th").first().textContent()).contains("phone");
    }

    @Test
    void threeQuestionsAreAnsweredOnOneScreen() {
        Page page = look(ReadOnlyShop.PAST.address(), 1366, 768);
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
        assertThat(page.locator("#help").textContent()).contains("5 open cases");
        assertThat(page.locator("#help li").allTextContents())
                .containsExactly(
                        "Pay for the basket, payments, 4 cases, the oldest less than a minute: failure at a moment of truth",
                        "search, catalog, less than a minute: called twice");
        assertThat(texts(page, "#cases tbody th")).contains("Pay for the basket\npayments");
        page.locator("#help button").click();
        assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
                .isEqualTo("Recovery cases");
        assertThat(violations(page)).isEmpty();
    }

    @Test
    void anHourIsComparedWithTheOneBeforeAndHasNoLine() {
        Page page = look(ReadOnlyShop.PAST.address());
        page.locator("#doing svg.trend").waitFor();
        page.locator("#overall [data-key='range hour']").click();
        PlaywrightAssertions.assertThat(page.locator("#doing .comparison"))
                .hasText(
                        Pattern.compile(
                                "Since \\d+:00.[AP]M: [\\d.]+ on average, [+−±][\\d.]+ against the hour before \\([\\d.]+\\): .*"));
        PlaywrightAssertions.assertThat(page.locator("#doing"))
                .containsText("History has whole hours, so there is no line within one.");
        PlaywrightAssertions.assertThat(page.locator("#doing svg.trend")).hasCount(0);
        assertThat(page.url()).endsWith("#range=hour");
    }

    @Test
    void lineOfAYoungShopIsNotSqueezedIntoTheEdge(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.old(Duration.ofDays(1), 3);
                PageSite old = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(old.address());
            Locator dot = page.locator("#doing svg.trend .dot");
            dot.waitFor();
            assertThat((double) dot.evaluate("e => e.cx.baseVal.value / e.ownerSVGElement.viewBox.baseVal.width"))
                    .isBetween(0.8, 0.9);
        }
    }

    @Test
    void whatBecameBetterIsNotSaidToBeUnchangedAndAnHourNamesItsMarks(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.recovered();
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address() + "#range=hour");
            assertThat(page.locator("#hurts li").allTextContents())
                    .singleElement()
                    .asString()
                    .startsWith("pay costs ")
                    .contains("A clear rise against the score since start.", "pay gained ");
            PlaywrightAssertions.assertThat(page.locator("#doing"))
                    .containsText(Pattern.compile("no line within one.* Marks: rollback to 2\\.3\\.0, .*2:00.PM"));
        }
    }

    @Test
    void longFunnelIsShownInFullWhenAskedFor(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.winding();
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = lookImpatiently(site);
            Locator steps = page.locator("#map .funnel tbody tr:visible");
            PlaywrightAssertions.assertThat(steps).hasCount(12);
            page.locator("#map [data-key='steps winding']").click();
            PlaywrightAssertions.assertThat(steps).hasCount(22);
            assertThat(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
                    .isEqualTo("Steps of the journey winding");
            String before = page.locator("#health").textContent();
            touchstone.record(
                    TouchpointEvent.builder("a").customer(CustomerId.of("c1")).build());
            PlaywrightAssertions.assertThat(page.locator("#health")).not().hasText(before);
            PlaywrightAssertions.assertThat(steps).hasCount(22);
        }
    }

    @Test
    void windowsAreNamedByTheModelInForce(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.slower(Duration.ofMinutes(90), Duration.ofDays(30));
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address());
            assertThat(page.locator("#pain thead").textContent())
                    .contains("costs, last 90 minutes", "costs, last 30 days", "◇ last 30 days");
            assertThat(page.locator("#overall").textContent()).contains("against the last 30 days (◇");
            assertThat(page.locator("#legend").textContent())
                    .contains("half-life: 90 minutes", "half-life: 30 days")
                    .doesNotContain("last hour", "last week");
        }
    }

    @Test
    void answersAreThoseOfEachChannel(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.answeredInTwoChannels();
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address());
            assertThat(rows(page, "#indices", "Answers by channel"))
                    .containsExactly("app|75.0 20 answers", "web|100.0 20 answers");
            assertThat(page.locator("#inventory").textContent())
                    .as("one touchpoint, whatever its channels")
                    .contains("Seen but not declared (1)", "pay, 80 events");
            page.locator("#pain button.row").first().click();
            page.locator("#pain [data-key='view pay']").click();
            page.locator("#touchpoint table").first().waitFor();
            assertThat(rows(page, "#touchpoint", "Answers"))
                    .satisfiesExactly(
                            all -> assertThat(all)
                                    .startsWith("Satisfied, % all|87.5|")
                                    .endsWith("|40"),
                            app -> assertThat(app)
                                    .startsWith("Satisfied, % app|75.0|")
                                    .endsWith("|20"),
                            web -> assertThat(web)
                                    .startsWith("Satisfied, % web|100.0|")
                                    .endsWith("|20"));
        }
    }

    /** Returns the rows of a table, each as its cells. */
    private static List<String> rows(Page page, String section, String label) {
        return read(
                page,
                section + " .scroll[aria-label='" + label + "'] tbody tr",
                "row => [...row.querySelectorAll('th, td')].map(cell => cell.innerText.replaceAll('\\n', ' ')).join('|')");
    }

    @Test
    void theTrendLineShowsTheMark() {
        Page page = look(ReadOnlyShop.PAST.address(), new Browser.NewContextOptions().setLocale("de-DE"));
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

    @Test
    void aTouchpointHasAViewOfItsOwnAtAnAddress() {
        Page page = look(ReadOnlyShop.PAST.address());
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
        assertThat(violationsIn(page, "#touchpoint")).isEmpty();
        page.locator("#touchpoint .queries button").first().click();
        PlaywrightAssertions.assertThat(
                        page.locator("#touchpoint .queries [role=status]").first())
                .hasText(Pattern.compile("copied|selected"));
        page.locator("#touchpoint [data-key='range day']").click();
        PlaywrightAssertions.assertThat(page.locator("#touchpoint"))
                .containsText("2026-03-09T11:00:00.000Z/2026-03-10T11:00:00.000Z");
        page.goBack();
        PlaywrightAssertions.assertThat(page.locator("#overall")).isVisible();
        assertThat(page.locator("#touchpoint").isVisible()).isFalse();
    }

    @Test
    void aLinkToATouchpointThatIsNotThereSaysSo() {
        Page page = look(ReadOnlyShop.BUSY.address() + "#touchpoint=nowhere");
        assertThat(page.locator("#touchpoint").textContent()).contains("No touchpoint has this name");
        page.locator("#touchpoint a").click();
        PlaywrightAssertions.assertThat(page.locator("#pain")).isVisible();
    }

    @Test
    void aDashForTooFewCustomersIsExplained() {
        Page page = look(ReadOnlyShop.PAST.address());
        assertThat(page.locator("#value").textContent())
                .contains("A dash, or “withheld”, stands for a group of fewer than 10 customers."
                        + " To see it while you develop, set touchstone.minimum-group-size=0.");
    }

    @Test
    void withoutCareThePageSaysHowToSwitchItOn() {
        assertThat(look().locator("#help").textContent()).contains("touchstone.care.enabled=true");
    }
}
