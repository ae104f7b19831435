package dev.touchstone.examples.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.survey.Apdex;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two storefronts and a Prometheus that scrapes both, where there is one: in CI there has to be. Visits are over before
 * anything is compared, so that what was scraped is what the library has.
 */
class PrometheusTest {

    private static final Path DASHBOARD = Path.of("..", "..", "docs", "grafana", "touchstone.json");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SEARCH = "{touchstone_touchpoint=\"search\",touchstone_channel=\"web\"%s}";
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    private static final List<Storefront> SHOPS = new ArrayList<>();
    private static final List<Moment> MOMENTS = new ArrayList<>();
    private static Prometheus prometheus;

    /**
     * When everything was quiet.
     *
     * @param time the time, as PromQL wants it
     * @param samples what each storefront had
     * @param apdexes the Apdex of the search, of each storefront
     */
    private record Moment(String time, List<Map<String, Double>> samples, List<Apdex> apdexes) {

        private double of(int shop, String series) {
            return samples.get(shop).get(series);
        }
    }

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        boolean there = Prometheus.program("prometheus").isPresent()
                && Prometheus.program("promtool").isPresent();
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("there is no Prometheus, and in CI one has to answer");
        }
        Assumptions.assumeTrue(there, "nothing is asked of Prometheus: there is none");
        SHOPS.add(Storefront.open(
                folder, Map.of(), List.of(), "--storefront.slowness=300ms", "--storefront.slow-searches=0.3"));
        SHOPS.add(Storefront.open(
                folder, Map.of(), List.of(), "--storefront.slowness=900ms", "--storefront.slow-searches=0.5"));
        SHOPS.forEach(shop -> shop.visit("first"));
        prometheus = Prometheus.open(folder, SHOPS);
        MOMENTS.add(quiet());
        for (int i = 0; i < 8; i++) {
            SHOPS.get(0).visit("customer-" + i);
            SHOPS.get(1).visit("customer-" + i % 3);
        }
        MOMENTS.add(quiet());
    }

    @AfterAll
    static void close() {
        if (prometheus != null) {
            prometheus.close();
        }
        SHOPS.forEach(Storefront::close);
    }

    /** Waits until Prometheus has everything that the storefronts have. */
    private static Moment quiet() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(PrometheusTest::now, PrometheusTest::isScraped);
    }

    private static Moment now() {
        List<Map<String, Double>> samples =
                SHOPS.stream().map(Storefront::samples).toList();
        List<Apdex> apdexes = SHOPS.stream().map(Storefront::apdexOfSearch).toList();
        return new Moment(prometheus.printed("vector(time())"), samples, apdexes);
    }

    private static boolean isScraped(Moment moment) {
        for (int i = 0; i < SHOPS.size(); i++) {
            Map<String, Double> counters = new TreeMap<>(moment.samples().get(i));
            counters.keySet().removeIf(series -> !series.contains("_total{"));
            String scraped = "{__name__=~\"touchstone_.*_total\",instance=\"%s\"} @ %s"
                    .formatted(SHOPS.get(i).authority(), moment.time());
            List<Double> values =
                    prometheus.query(scraped).values().stream().sorted().toList();
            if (!values.equals(counters.values().stream().sorted().toList())) {
                return false;
            }
        }
        return true;
    }

    @Test
    void theRulesAreGoodAndEachAlertFiresWhenItShall(@TempDir Path folder) throws IOException {
        String promtool = Prometheus.program("promtool").orElseThrow().toString();
        String rules = Prometheus.RULES.toRealPath() + "/touchstone.";
        for (List<String> command : List.of(
                List.of(promtool, "check", "rules", rules + "rules.yml", rules + "alerts.yml"),
                List.of(promtool, "test", "rules", rules + "test.yml"),
                List.of(promtool, "test", "rules", rules + "slow.test.yml"))) {
            try (Child child = Child.start(folder, Map.of(), command)) {
                assertThat(child.exitValue()).as(child.output()).isZero();
            }
        }
    }

    @Test
    void everyRuleIsEvaluatedAndNothingIsMissing() {
        List<String> names = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            names.clear();
            for (JsonNode group : prometheus.data("rules").get("groups")) {
                for (JsonNode rule : group.get("rules")) {
                    names.add(rule.get("name").asString());
                    assertThat(rule.get("health").asString())
                            .as(rule.toString())
                            .isEqualTo("ok");
                }
            }
        });
        assertThat(names)
                .hasSizeGreaterThan(20)
                .contains("touchpoint:touchstone_experience:mean5m", "TouchstoneDataMissing");
        assertThat(prometheus.query("ALERTS{alertname=~\"Touchstone.*\"}")).isEmpty();
    }

    @Test
    void theApdexSinceTheStartIsTheLibrarysOwn() {
        Moment end = MOMENTS.get(1);
        for (int i = 0; i < SHOPS.size(); i++) {
            String instance = ",instance=\"" + SHOPS.get(i).authority() + "\"";
            String told = prometheus.printed(apdex(zone ->
                    "sum(touchstone_apdex_total" + SEARCH.formatted(instance + zone) + " @ " + end.time() + ")"));
            assertSame(told, end.apdexes().get(i));
        }
        String ofBoth = prometheus.printed(
                apdex(zone -> "sum(touchstone_apdex_total" + SEARCH.formatted(zone) + " @ " + end.time() + ")"));
        assertSame(ofBoth, end.apdexes().get(0).plus(end.apdexes().get(1)));
        assertThat(end.apdexes().get(0).tolerating()).isPositive();
        assertThat(end.apdexes().get(1).frustrated()).isPositive();
    }

    @Test
    void theApdexOfAWindowIsWhatTheLibraryCountedInIt() {
        Apdex sum = null;
        for (int i = 0; i < SHOPS.size(); i++) {
            Apdex before = MOMENTS.get(0).apdexes().get(i);
            Apdex after = MOMENTS.get(1).apdexes().get(i);
            Apdex within = new Apdex(
                    after.target(),
                    after.satisfied() - before.satisfied(),
                    after.tolerating() - before.tolerating(),
                    after.frustrated() - before.frustrated());
            String instance = ",instance=\"" + SHOPS.get(i).authority() + "\"";
            assertSame(prometheus.printed(apdex(zone -> grown("touchstone_apdex_total", instance + zone))), within);
            sum = sum == null ? within : sum.plus(within);
        }
        assertSame(prometheus.printed(apdex(zone -> grown("touchstone_apdex_total", zone))), sum);
    }

    private static String apdex(UnaryOperator<String> ofZone) {
        return "(%s + %s / 2) / %s"
                .formatted(
                        ofZone.apply(",touchstone_apdex_zone=\"satisfied\""),
                        ofZone.apply(",touchstone_apdex_zone=\"tolerating\""),
                        ofZone.apply(""));
    }

    /** Compares every digit that Prometheus prints, and the two that the library prints. */
    private static void assertSame(String told, Apdex apdex) {
        assertThat(Double.parseDouble(told)).isEqualTo((apdex.satisfied() + apdex.tolerating() / 2.0) / apdex.total());
        assertThat(new BigDecimal(told).setScale(2, RoundingMode.HALF_UP))
                .isEqualTo(apdex.value().orElseThrow());
    }

    @Test
    void theMeanQualityOfAWindowIsThatOfTheCountersOfTheLibrary() {
        double quality = 0;
        double weight = 0;
        for (int i = 0; i < SHOPS.size(); i++) {
            double qualityOfShop = growth(i, "touchstone_quality_total");
            double weightOfShop = growth(i, "touchstone_weight_total");
            String instance = ",instance=\"" + SHOPS.get(i).authority() + "\"";
            assertThat(prometheus.printed(mean(instance))).isEqualTo(printed(100 * qualityOfShop / weightOfShop));
            quality += qualityOfShop;
            weight += weightOfShop;
        }
        assertThat(prometheus.printed(mean(""))).isEqualTo(printed(100 * quality / weight));
    }

    private static String mean(String labels) {
        return "100 * " + grown("touchstone_quality_total", labels) + " / " + grown("touchstone_weight_total", labels);
    }

    /** Between the two moments, by the samples themselves: increase() would extrapolate to the ends of its window. */
    private static String grown(String counter, String labels) {
        String series = counter + SEARCH.formatted(labels);
        return "sum(" + series + " @ " + MOMENTS.get(1).time() + " - " + series + " @ "
                + MOMENTS.get(0).time() + ")";
    }

    private static double growth(int shop, String counter) {
        String series = counter
                + "{touchstone_channel=\"web\",touchstone_instance=\"storefront\",touchstone_touchpoint=\"search\"}";
        return MOMENTS.get(1).of(shop, series) - MOMENTS.get(0).of(shop, series);
    }

    /** Prints a number as Prometheus does: with the fewest digits that identify it, and no needless zero. */
    private static String printed(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    @Test
    void everyQueryOfTheDashboardReturnsData() throws IOException {
        JsonNode dashboard = Web.json(Files.readString(DASHBOARD));
        List<String> queries = new ArrayList<>();
        dashboard
                .get("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.get("expr").asString())));
        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(queries)
                .allSatisfy(query -> await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(prometheus.range(filledIn(query)))
                                .as(query)
                                .isNotEmpty()
                                .allSatisfy(value -> assertThat(value).isFinite())));
        for (JsonNode variable : dashboard.at("/templating/list")) {
            if (variable.get("type").asString().equals("query")) {
                String query = filledIn(variable.at("/query/query").asString());
                Matcher labelValues = LABEL_VALUES.matcher(query);
                assertThat(labelValues.matches()).as(query).isTrue();
                assertThat(prometheus.data("label/" + labelValues.group(2) + "/values?match[]="
                                + Web.encoded(labelValues.group(1))))
                        .as(query)
                        .isNotEmpty();
            }
        }
        assertThat(dashboard.toString()).doesNotContain("\"uid\":\"P");
    }

    /** Fills in what Grafana fills in when everything is chosen. */
    private static String filledIn(String query) {
        String filled =
                query.replace("$instance", ".*").replace("$touchpoint", ".*").replace("$__rate_interval", "10s");
        assertThat(filled).doesNotContain("$");
        return filled;
    }
}
