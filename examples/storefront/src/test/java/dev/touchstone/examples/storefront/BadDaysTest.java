package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History.Mark;
import dev.touchstone.scoring.Assessment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shop on its bad days, over HTTP. */
class BadDaysTest {

    private static final int PAYMENTS = 40;
    private static final int SEARCHES = 4;
    private static final Instant OPENING = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void paymentsFailAfterTheReleaseUntilItIsRolledBack() throws IOException {
        try (RunningShop shop = RunningShop.openWith(
                Builds.class,
                "--storefront.visitors=0",
                "--storefront.failed-payments=0.1",
                "--storefront.bad-days.failed-payments=0.8")) {
            Operations operations = shop.bean(Operations.class);
            operations.turn(OPENING);
            assertThat(failedPayments(shop)).isBetween(2, 6);
            assertThat(shop.read("/")).contains("An ordinary day, on version 2.3.0.");

            operations.turn(OPENING.plusSeconds(121));
            assertThat(failedPayments(shop)).isBetween(30, 34);
            assertThat(shop.read("/")).contains("A bad day: since release 2.3.1 most payments fail.");

            operations.turn(OPENING.plusSeconds(240));
            assertThat(failedPayments(shop)).isBetween(2, 6);
            assertThat(shop.read("/")).contains("An ordinary day, on version 2.3.0.");

            assertThat(marksOf(shop)).containsExactly("release 2.3.1", "rollback to 2.3.0");
            assertThat(shop.read("/scores")).contains("release 2.3.1").contains("rollback to 2.3.0");
            await().untilAsserted(() -> assertThat(shop.bean(Builds.class).of("pay"))
                    .isEqualTo(Map.of("2.3.0", 2 * PAYMENTS, "2.3.1", PAYMENTS)));
        }
    }

    @Test
    void searchIsSlowOnTheOtherBadDays() throws IOException {
        try (RunningShop shop = RunningShop.open(
                "--storefront.visitors=0",
                "--storefront.slow-searches=0",
                "--storefront.slowness=250ms",
                "--storefront.bad-days.slow-searches=1")) {
            Operations operations = shop.bean(Operations.class);
            operations.turn(OPENING);
            operations.turn(OPENING.plusSeconds(240 + 121));
            for (int i = 0; i < SEARCHES; i++) {
                shop.read("/search?q=tea");
            }
            await().untilAsserted(() -> assertThat(JsonPath.<List<Integer>>read(
                            shop.read("/actuator/touchstone/search"), "$.touchpoints[*].count"))
                    .containsExactly(SEARCHES));
            assertThat(JsonPath.<List<Integer>>read(
                            shop.read("/actuator/touchstone/search"), "$.touchpoints[*].apdex.satisfied"))
                    .containsExactly(0);
            assertThat(shop.read("/")).contains("A bad day: most searches are slow.");
            assertThat(marksOf(shop)).isEmpty();
        }
    }

    @Test
    void eventsSayWhichVersionServedThem() {
        try (RunningShop shop = RunningShop.openWith(
                Builds.class,
                "--storefront.pause=5ms",
                "--storefront.bad-days.every=2s",
                "--storefront.bad-days.lasting=1s")) {
            Builds builds = shop.bean(Builds.class);
            for (String touchpoint : List.of("home", "search", "product", "cart", "pay", "warehouse.pack", "confirm")) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(builds.of(touchpoint))
                                .containsKey("2.3.0")
                                .hasSizeGreaterThan(1));
            }
            assertThat(builds.all()).doesNotContain(Builds.NONE);
            await().atMost(Duration.ofSeconds(60)).until(() -> marksOf(shop).size() > 2);
            assertThat(marksOf(shop)).allMatch(text -> text.matches("release 2\\.3\\.[1-9]\\d*|rollback to 2\\.3\\.0"));
        }
    }

    @Test
    void noReleaseIsBadWithoutVisitorsOrBadDays() throws IOException {
        try (RunningShop shop = RunningShop.open(
                "--storefront.visitors=2",
                "--storefront.pause=5ms",
                "--storefront.bad-days.enabled=false",
                "--storefront.bad-days.every=20ms",
                "--storefront.bad-days.lasting=10ms")) {
            await().until(() -> shop.touchstone().health().accepted() > 200);
            assertThat(marksOf(shop)).isEmpty();
        }
        try (RunningShop shop = RunningShop.open(
                "--storefront.visitors=0", "--storefront.bad-days.every=20ms", "--storefront.bad-days.lasting=10ms")) {
            failedPayments(shop);
            assertThat(marksOf(shop)).isEmpty();
        }
    }

    private static int failedPayments(RunningShop shop) throws IOException {
        Browser browser = shop.browser();
        int failed = 0;
        for (int i = 0; i < PAYMENTS; i++) {
            failed += browser.post("/pay") >= 500 ? 1 : 0;
        }
        return failed;
    }

    private static List<String> marksOf(RunningShop shop) {
        return shop.touchstone().history().marks().stream().map(Mark::text).toList();
    }

    /** Counts events by the version that served them. */
    static final class Builds implements AssessmentListener {

        static final String NONE = "none";

        private final Map<String, ConcurrentMap<String, Integer>> counts = new ConcurrentHashMap<>();

        @Override
        public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
            counts.computeIfAbsent(event.touchpoint(), name -> new ConcurrentHashMap<>())
                    .merge(event.attributes().getOrDefault("build", NONE), 1, Integer::sum);
        }

        Map<String, Integer> of(String touchpoint) {
            return counts.getOrDefault(touchpoint, new ConcurrentHashMap<>());
        }

        Set<String> all() {
            return counts.values().stream()
                    .flatMap(builds -> builds.keySet().stream())
                    .collect(Collectors.toSet());
        }
    }
}
