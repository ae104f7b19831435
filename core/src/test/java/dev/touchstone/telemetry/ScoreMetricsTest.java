package dev.touchstone.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.store.SnapshotDirectory;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class ScoreMetricsTest {

    private static final String CANARY = "canary-4711";
    private static final AttributeKey<String> ANSWER = AttributeKey.stringKey("touchstone.answer");
    private static final AttributeKey<String> OF = AttributeKey.stringKey("touchstone.mention.of");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("touchstone.ces.version");
    private static final Attributes PAY = Attributes.of(Facts.TOUCHPOINT, "pay", Facts.CHANNEL, "web");

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final OpenTelemetry openTelemetry =
            OpenTelemetrySdk.builder().setMeterProvider(provider).build();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final Touchstone touchstone = Touchstone.builder().clock(() -> now).build();
    private final TouchstoneTelemetry telemetry = TouchstoneTelemetry.metrics(touchstone, openTelemetry);

    @AfterEach
    void close() {
        telemetry.close();
        touchstone.close();
        provider.close();
    }

    @Test
    void countersAreTheUndecayedSums() {
        pay(Outcome.SUCCESS);
        now = now.plus(Duration.ofDays(60));
        pay(Outcome.FAILURE);
        pay(Outcome.ABANDONED);
        Map<String, MetricData> metrics = collect();
        assertThat(longValue(metrics, "touchstone.events")).isEqualTo(3);
        assertThat(longValue(metrics, "touchstone.tasks")).isEqualTo(3);
        Scoreboard.Totals totals = touchstone.scoreboard().touchpoints().get(0).totals();
        assertThat(doubleValue(metrics, "touchstone.weight")).isEqualTo(totals.weight());
        assertThat(doubleValue(metrics, "touchstone.quality")).isEqualTo(totals.quality());
        assertThat(totals.effortUnits()).isEqualTo(2.5);
        assertThat(byAttribute(metrics, "touchstone.effort.units", "touchstone.effort.driver"))
                .containsEntry("retry", 0.5) // detected
                .containsEntry("abandonment", 2.0)
                .containsEntry("transfer", 0.0)
                .hasSize(EffortDriver.values().length);
    }

    @Test
    void signalsCasesAndQuestionsAreCounted() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .clock(() -> now)
                        .care()
                        .catalog(catalog -> catalog.touchpoint(
                                "pay", pay -> pay.importance(3).owner("payments")))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            CustomerId customer = CustomerId.of(CANARY);
            shop.record(TouchpointEvent.builder("pay")
                    .customer(customer)
                    .outcome(Outcome.FAILURE)
                    .build());
            shop.care().asked(customer, "csat");
            now = now.plus(Duration.ofHours(2));
            Map<String, MetricData> metrics = collect();
            assertThat(byAttribute(metrics, "touchstone.signals", "touchstone.signal.kind"))
                    .containsExactly(Map.entry("AT_RISK", 1.0));
            assertThat(byAttribute(metrics, "touchstone.signals", "touchstone.touchpoint"))
                    .containsExactly(Map.entry("pay", 1.0));
            assertThat(byAttribute(metrics, "touchstone.cases", "touchstone.case.status"))
                    .containsEntry("OPEN", 1.0)
                    .containsEntry("RESOLVED", 0.0)
                    .hasSize(5);
            assertThat(byAttribute(metrics, "touchstone.cases.overdue", "touchstone.case.overdue"))
                    .containsEntry("ACKNOWLEDGMENT", 1.0)
                    .containsEntry("UPDATE", 0.0);
            assertThat(byAttribute(metrics, "touchstone.cases", "touchstone.owner"))
                    .containsKey("payments");
            assertThat(longValue(metrics, "touchstone.asked")).isEqualTo(1);
        }
    }

    @Test
    void whatHappenedIsCountedByOutcomeVerdictAndZone() {
        pay(Outcome.SUCCESS);
        pay(Outcome.FAILURE);
        Map<String, MetricData> metrics = collect();
        assertThat(byAttribute(metrics, "touchstone.outcomes", "touchstone.outcome"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("SUCCESS", 1.0, "DEGRADED", 0.0, "ABANDONED", 0.0, "FAILURE", 1.0));
        assertThat(byAttribute(metrics, "touchstone.verdicts", "touchstone.verdict"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("EXCEEDED", 0.0, "MET", 1.0, "MISSED", 1.0));
        assertThat(metrics).doesNotContainKey("touchstone.apdex"); // there is no target
    }

    @Test
    void newcomersAreCountedAmongTheEventsOfCustomers() {
        touchstone.record(TouchpointEvent.builder("pay").channel(Channel.WEB).build());
        assertThat(collect()).doesNotContainKeys("touchstone.newcomers", "touchstone.customer_events");
        for (String customer : List.of("ada", "ada", "bob")) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .channel(Channel.WEB)
                    .customer(CustomerId.of(customer))
                    .build());
        }
        Map<String, MetricData> metrics = collect();
        assertThat(longValue(metrics, "touchstone.newcomers")).isEqualTo(2);
        assertThat(longValue(metrics, "touchstone.customer_events")).isEqualTo(3);
    }

    @Test
    void theApdexIsTheZonesOfTheScoreboard() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .catalog(catalog -> catalog.touchpoint("pay", pay -> pay.target(Duration.ofMillis(100))))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            for (int ms : new int[] {50, 100, 300, 401}) {
                shop.record(TouchpointEvent.builder("pay").durationMs(ms).build());
            }
            assertThat(byAttribute(collect(), "touchstone.apdex", "touchstone.apdex.zone"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("satisfied", 2.0, "tolerating", 1.0, "frustrated", 1.0));
        }
    }

    @Test
    void anotherTargetDoesNotTakeCountsBack() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .catalog(catalog -> catalog.touchpoint("pay", pay -> pay.target(Duration.ofMillis(100))))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            shop.record(TouchpointEvent.builder("pay").durationMs(300).build());
            shop.reload(Catalog.builder()
                    .touchpoint("pay", pay -> pay.target(Duration.ofSeconds(1)))
                    .build());
            shop.record(TouchpointEvent.builder("pay").durationMs(300).build());
            assertThat(byAttribute(collect(), "touchstone.apdex", "touchstone.apdex.zone"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("satisfied", 1.0, "tolerating", 1.0, "frustrated", 0.0));
        }
    }

    @Test
    void moneyIsTwoCountersThatNeverFall() {
        touchstone.record(money(40, 0.5));
        touchstone.record(money(-15, 0.25));
        touchstone.record(money(2, 0).toBuilder().feedback(Feedback.csat(5)).build());
        Map<String, MetricData> metrics = collect();
        assertThat(byAttribute(metrics, "touchstone.amount", "touchstone.sign"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("positive", 42.0, "negative", 15.0));
        assertThat(byAttribute(metrics, "touchstone.cost", "touchstone.sign"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("positive", 0.75, "negative", 0.0));
        assertThat(touchstone.scoreboard().touchpoints().get(0).totals().amount())
                .isEqualTo(27);
        for (String name : List.of("touchstone.amount", "touchstone.cost")) {
            assertThat(metrics.get(name).getDoubleSumData().isMonotonic()).isTrue();
        }
    }

    @Test
    void differencesOfVariantsAreReportedOnceThereAreEnoughEvents() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .catalog(catalog -> catalog.variants(List.of("build")))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            for (int i = 0; i < 100; i++) {
                for (String build : List.of("1", "2")) {
                    shop.record(TouchpointEvent.builder("pay")
                            .attribute("build", build)
                            .outcome(build.equals("2") ? Outcome.FAILURE : Outcome.SUCCESS)
                            .build());
                }
            }
            shop.record(TouchpointEvent.builder("pay").attribute("build", "3").build());
            Map<String, MetricData> metrics = collect();
            assertThat(byAttribute(metrics, "touchstone.variant.events", "touchstone.variant.value"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("1", 100.0, "2", 100.0, "3", 1.0));
            assertThat(byAttribute(metrics, "touchstone.variant.events", "touchstone.variant.attribute"))
                    .containsOnlyKeys("build");
            Variant worse = shop.compare("build").variant("2").orElseThrow();
            assertThat(byAttribute(metrics, "touchstone.variant.difference", "touchstone.variant.value"))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("2", worse.difference().orElseThrow()));
            Interval interval = worse.differenceInterval().orElseThrow();
            assertThat(byAttribute(metrics, "touchstone.variant.low", "touchstone.variant.value"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("2", interval.low()));
            assertThat(byAttribute(metrics, "touchstone.variant.high", "touchstone.variant.value"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("2", interval.high()));
        }
    }

    @Test
    void ownerStageAndObjectiveAreReportedOnceATouchpoint() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .catalog(catalog -> catalog.touchpoint(
                                        "pay",
                                        pay -> pay.owner("payments")
                                                .stage(Stage.PURCHASE)
                                                .objective(0.99))
                                .touchpoint("never"))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            for (Channel channel : List.of(Channel.WEB, Channel.APP)) {
                shop.record(TouchpointEvent.builder("pay").channel(channel).build());
            }
            shop.record(TouchpointEvent.builder("undeclared").build());
            Map<String, MetricData> metrics = collect();
            assertThat(byAttribute(metrics, "touchstone.touchpoint.objective", "touchstone.touchpoint"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("pay", 0.99, "undeclared", 0.95));
            assertThat(metrics.get("touchstone.touchpoint.info")
                            .getDoubleGaugeData()
                            .getPoints())
                    .extracting(point -> point.getAttributes().asMap().values().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList())
                    .containsExactlyInAnyOrder(List.of("PURCHASE", "pay", "payments"), List.of("", "", "undeclared"));
            assertThat(byAttribute(metrics, "touchstone.touchpoint.info", "touchstone.touchpoint"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("pay", 1.0, "undeclared", 1.0));
        }
    }

    /** The number that docs/telemetry.md says. */
    @Test
    void cellWithATargetIsThirtyNineSeries() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .catalog(catalog -> catalog.touchpoint("pay", pay -> pay.target(Duration.ofMillis(100))))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            int before = points(collect()).size();
            TouchpointEvent.Builder event = TouchpointEvent.builder("pay").customer(CustomerId.of("ada"));
            shop.record(event.channel(Channel.WEB).build());
            assertThat(points(collect())).hasSize(before + 39 + 2);
            shop.record(event.channel(Channel.APP).build());
            assertThat(points(collect())).hasSize(before + 2 * 39 + 2);
        }
    }

    @Test
    void customersAndSnapshotAreReported(@TempDir Path folder) {
        telemetry.close();
        PseudonymKey key = PseudonymKey.of("a key of these tests, longer than 32 bytes".getBytes(UTF_8));
        try (Touchstone shop = Touchstone.builder()
                        .clock(() -> now)
                        .pseudonymKey(key)
                        .store(SnapshotDirectory.at(folder))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            for (String customer : List.of("ada", "bob")) {
                shop.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of(customer))
                        .build());
            }
            assertThat(doubleGauge(collect(), "touchstone.customers")).isEqualTo(2);
            assertThat(collect()).doesNotContainKeys("touchstone.snapshot.age", "touchstone.snapshot.size");
            shop.snapshot();
            now = now.plusSeconds(90);
            assertThat(doubleGauge(collect(), "touchstone.snapshot.age")).isEqualTo(90);
            assertThat(doubleGauge(collect(), "touchstone.snapshot.size"))
                    .isEqualTo((double) shop.health().store().bytes())
                    .isPositive();
            assertThat(collect().get("touchstone.snapshot.size").getUnit()).isEqualTo("By");
            assertThat(collect().get("touchstone.snapshot.age").getUnit()).isEqualTo("s");
        }
    }

    private static double doubleGauge(Map<String, MetricData> metrics, String name) {
        assertThat(metrics.get(name).getDoubleGaugeData().getPoints()).hasSize(1);
        return metrics.get(name)
                .getDoubleGaugeData()
                .getPoints()
                .iterator()
                .next()
                .getValue();
    }

    private static TouchpointEvent money(double amount, double cost) {
        return TouchpointEvent.builder("pay")
                .channel(Channel.WEB)
                .outcome(Outcome.SUCCESS)
                .amount(amount)
                .cost(cost)
                .build();
    }

    @Test
    void journeysAreCountedWithTheTimeThatTheyTake() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder()
                        .clock(() -> now)
                        .catalog(catalog -> catalog.touchpoint("cart", cart -> cart.journey("purchase"))
                                .touchpoint("pay", pay -> pay.journey("purchase"))
                                .journey("purchase", purchase -> purchase.ends("pay")))
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            for (String customer : new String[] {"ada", "bob"}) {
                shop.record(TouchpointEvent.builder("cart")
                        .customer(CustomerId.of(customer))
                        .build());
            }
            now = now.plusSeconds(90);
            shop.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .build());
            now = now.plus(Duration.ofHours(1));
            Map<String, MetricData> metrics = collect();
            assertThat(longValue(metrics, "touchstone.journeys.started")).isEqualTo(2);
            assertThat(longValue(metrics, "touchstone.journeys.completed")).isOne();
            assertThat(longValue(metrics, "touchstone.journeys.abandoned")).isOne();
            assertThat(longValue(metrics, "touchstone.journeys.unknown")).isZero();
            assertThat(doubleValue(metrics, "touchstone.journeys.completion_time"))
                    .isEqualTo(90);
        }
    }

    @Test
    void whatWasDroppedIsToldByReason() {
        touchstone.record(TouchpointEvent.builder("  ").build());
        pay(Outcome.SUCCESS);
        Map<String, MetricData> metrics = collect();
        assertThat(longValue(metrics, "touchstone.offered")).isEqualTo(2);
        assertThat(longValue(metrics, "touchstone.accepted")).isOne();
        assertThat(byAttribute(metrics, "touchstone.dropped", "touchstone.reason"))
                .containsEntry("blank_touchpoint", 1.0)
                .containsEntry("error", 0.0)
                .hasSize(DropReason.values().length);
        assertThat(byAttribute(metrics, "touchstone.notes", "touchstone.note")).hasSize(Warning.values().length);
    }

    /** A killed process has exported more than its snapshot contains: restored counts must not be exported again. */
    @Test
    void whatASnapshotBringsBackIsNotToldAgain(@TempDir Path directory) {
        telemetry.close();
        PseudonymKey key = PseudonymKey.random();
        Supplier<TouchstoneBuilder> shop = () -> Touchstone.builder()
                .pseudonymKey(key)
                .store(SnapshotDirectory.at(directory))
                .catalog(catalog -> catalog.touchpoint(
                                "pay", pay -> pay.target(Duration.ofMillis(100)).journey("purchase"))
                        .journey("purchase"));
        try (Touchstone before = shop.get().build()) {
            before.record(visit());
            before.mention(Mention.own().sentiment(0.5).build());
            before.record(TouchpointEvent.builder(" ").build());
        }
        try (Touchstone after = shop.get().build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(after, openTelemetry)) {
            after.record(visit());
            assertThat(after.health().accepted()).isEqualTo(3);
            Map<String, MetricData> metrics = collect();
            assertThat(longValue(metrics, "touchstone.events")).isEqualTo(2); // what happened, and the answer
            assertThat(longValue(metrics, "touchstone.accepted")).isOne();
            assertThat(longValue(metrics, "touchstone.offered")).isOne();
            assertThat(longValue(metrics, "touchstone.journeys.started")).isZero(); // the open one went on
            assertThat(metrics).doesNotContainKey("touchstone.mentions");
            assertThat(byAttribute(metrics, "touchstone.nps", "touchstone.answer"))
                    .containsEntry("promoter", 1.0);
            assertThat(byAttribute(metrics, "touchstone.apdex", "touchstone.apdex.zone"))
                    .containsEntry("satisfied", 1.0);
            assertThat(byAttribute(metrics, "touchstone.dropped", "touchstone.reason"))
                    .containsEntry("blank_touchpoint", 0.0);
            Scoreboard.TouchpointScope pay = after.scoreboard().touchpoints().get(0);
            assertThat(pay.apdex().orElseThrow().satisfied()).isEqualTo(2);
            assertThat(pay.verdicts()).containsEntry(Verdict.MET, 2L);
        }
    }

    private static TouchpointEvent visit() {
        return TouchpointEvent.builder("pay")
                .customer(CustomerId.of(CANARY))
                .durationMs(10)
                .feedback(Feedback.nps(9))
                .build();
    }

    private static Map<String, Double> byAttribute(Map<String, MetricData> metrics, String name, String key) {
        MetricData metric = metrics.get(name);
        Map<String, Double> values = new TreeMap<>();
        metric.getLongSumData()
                .getPoints()
                .forEach(point -> values.merge(
                        point.getAttributes().get(AttributeKey.stringKey(key)),
                        (double) point.getValue(),
                        Double::sum));
        Stream.of(
                        metric.getDoubleSumData().getPoints(),
                        metric.getDoubleGaugeData().getPoints())
                .flatMap(Collection::stream)
                .forEach(point -> values.merge(
                        point.getAttributes().get(AttributeKey.stringKey(key)), point.getValue(), Double::sum));
        return values;
    }

    @Test
    void aBackendComputesTheExperienceScoreFromTheCounters() {
        pay(Outcome.SUCCESS);
        pay(Outcome.DEGRADED);
        pay(Outcome.FAILURE);
        Map<String, MetricData> metrics = collect();
        double n = longValue(metrics, "touchstone.events");
        double w = doubleValue(metrics, "touchstone.weight");
        double p = doubleValue(metrics, "touchstone.quality");
        double k = ScoreModel.STANDARD.get(ModelConstant.PRIOR_EVENTS);
        double mu = ScoreModel.STANDARD.get(ModelConstant.PRIOR_MEAN);
        double score = 100 * (k * mu + p * n / w) / (k + n);
        assertThat(gauge(metrics, "touchstone.experience.score", "baseline"))
                .hasValueSatisfying(baseline -> assertThat(baseline).isCloseTo(score, within(1e-9)));
    }

    @Test
    void gaugesAreTheScoresOfBothWindows() {
        pay(Outcome.SUCCESS);
        now = now.plus(Duration.ofHours(3));
        pay(Outcome.FAILURE);
        Map<String, MetricData> metrics = collect();
        Scoreboard.Scope scores = touchstone.scoreboard().touchpoints().get(0).scores();
        assertThat(gauge(metrics, "touchstone.experience.score", "now"))
                .contains(scores.now().experience().value());
        assertThat(gauge(metrics, "touchstone.experience.score", "baseline"))
                .contains(scores.baseline().experience().value());
        assertThat(gauge(metrics, "touchstone.effort.score", "now"))
                .contains(scores.now().effort().value());
        assertThat(gauge(metrics, "touchstone.effort.score", "baseline"))
                .contains(scores.baseline().effort().value());
    }

    @Test
    void whereThereIsNoScoreThereIsNoPoint() {
        pay(Outcome.SUCCESS);
        now = now.plus(Duration.ofHours(30)); // nothing is left of the last hour
        Map<String, MetricData> metrics = collect();
        assertThat(gauge(metrics, "touchstone.experience.score", "now")).isEmpty();
        assertThat(gauge(metrics, "touchstone.experience.score", "baseline")).isPresent();
        assertThat(longValue(metrics, "touchstone.events")).isOne();
    }

    @Test
    void anAnswerHasNoEffortScore() {
        touchstone.record(TouchpointEvent.builder("pay")
                .channel(Channel.WEB)
                .feedback(Feedback.csat(4))
                .build());
        Map<String, MetricData> metrics = collect();
        assertThat(metrics).doesNotContainKey("touchstone.effort.score");
        assertThat(gauge(metrics, "touchstone.experience.score", "now")).isPresent();
    }

    @Test
    void answersAreCountedByGroupAndNeverByCustomer() {
        for (Feedback feedback : new Feedback[] {
            Feedback.nps(10), Feedback.nps(9), Feedback.nps(3), Feedback.csat(3), Feedback.ces1(5), Feedback.ces2(5)
        }) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of(CANARY))
                    .channel(Channel.WEB)
                    .feedback(feedback)
                    .build());
        }
        Map<String, MetricData> metrics = collect();
        assertThat(answers(metrics, "touchstone.nps"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("promoter", 2L, "passive", 0L, "detractor", 1L));
        assertThat(answers(metrics, "touchstone.csat"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("satisfied", 0L, "neutral", 1L, "dissatisfied", 0L));
        assertThat(answers(metrics, "touchstone.ces"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "1 easy", 0L, "1 neutral", 0L, "1 hard", 1L, "2 easy", 1L, "2 neutral", 0L, "2 hard", 0L));
        MetricData nps = metrics.get("touchstone.nps");
        assertThat(nps.getType()).isEqualTo(MetricDataType.LONG_SUM);
        assertThat(nps.getLongSumData().isMonotonic()).isTrue();
        assertThat(nps.getUnit()).isEqualTo("{answer}");
        assertThat(metrics.toString()).doesNotContain(CANARY);
    }

    private static Map<String, Long> answers(Map<String, MetricData> metrics, String name) {
        return metrics.get(name).getLongSumData().getPoints().stream()
                .peek(point -> assertThat(point.getAttributes().asMap()).containsAllEntriesOf(PAY.asMap()))
                .collect(Collectors.toMap(
                        point -> Optional.ofNullable(point.getAttributes().get(VERSION))
                                        .map(version -> version + " ")
                                        .orElse("")
                                + point.getAttributes().get(ANSWER),
                        point -> point.getValue()));
    }

    @Test
    void mentionsAreCountedBySideAndSentiment() {
        touchstone.mention(Mention.own().sentiment(0.5).build());
        Map<String, MetricData> metrics = collect();
        assertThat(metrics.get("touchstone.mentions").getLongSumData().getPoints())
                .hasSize(3)
                .allMatch(point -> "own".equals(point.getAttributes().get(OF)))
                .anyMatch(point -> point.getValue() == 1
                        && "positive".equals(point.getAttributes().get(ANSWER)));
    }

    @Test
    void answersAboutEffortAreCountedThoughTheyAreNoEvents() {
        touchstone.record(TouchpointEvent.builder("pay")
                .channel(Channel.WEB)
                .feedback(Feedback.ces2(7))
                .build());
        assertThat(collect()).containsKey("touchstone.ces").doesNotContainKey("touchstone.events");
    }

    @Test
    void unitsAndKindsFollowTheConventions() {
        pay(Outcome.SUCCESS);
        Map<String, MetricData> metrics = collect();
        assertThat(metrics.get("touchstone.experience.score").getUnit()).isEqualTo("{score}");
        assertThat(metrics.get("touchstone.quality").getUnit()).isEqualTo("1");
        assertThat(metrics.get("touchstone.experience.score").getType()).isEqualTo(MetricDataType.DOUBLE_GAUGE);
        assertThat(metrics.get("touchstone.quality").getType()).isEqualTo(MetricDataType.DOUBLE_SUM);
        assertThat(metrics.get("touchstone.quality").getDoubleSumData().isMonotonic())
                .isTrue();
        assertThat(metrics.get("touchstone.events").getType()).isEqualTo(MetricDataType.LONG_SUM);
        assertThat(metrics.values())
                .allSatisfy(metric -> assertThat(metric.getDescription()).endsWith("."));
    }

    @Test
    void attributesAreThoseOfTheCellAndNothingElse() {
        pay(Outcome.SUCCESS);
        Set<String> keys = Stream.of("touchstone.events", "touchstone.experience.score")
                .flatMap(name -> collect().get(name).getData().getPoints().stream())
                .flatMap(point -> point.getAttributes().asMap().keySet().stream())
                .map(AttributeKey::getKey)
                .collect(Collectors.toSet());
        assertThat(keys).containsExactlyInAnyOrder("touchstone.touchpoint", "touchstone.channel", "touchstone.window");
    }

    @Test
    void anInstanceWithANameOfItsOwnSaysSo() {
        telemetry.close();
        try (Touchstone shop = Touchstone.builder().name("shop").build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            shop.record(TouchpointEvent.builder("pay").channel(Channel.WEB).build());
            assertThat(points(collect()))
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(
                                    point.getAttributes().get(AttributeKey.stringKey("touchstone.instance")))
                            .isEqualTo("shop"));
        }
    }

    @Test
    void noCustomerIsTold() {
        for (int i = 0; i < 50; i++) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of(CANARY + i))
                    .attribute("secret", CANARY)
                    .build());
        }
        String all = collect().toString();
        assertThat(all).doesNotContain(CANARY);
        for (int i = 0; i < 50; i++) {
            assertThat(all)
                    .doesNotContain(touchstone.key(CustomerId.of(CANARY + i)).toString());
        }
    }

    @Test
    void seriesAreBoundedHoweverManyNamesThereAre() {
        try (Touchstone small = Touchstone.builder().maximumSeries(10).build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(small, openTelemetry)) {
            for (int i = 0; i < 1_000; i++) {
                small.record(TouchpointEvent.builder("page" + i).build());
            }
            MetricData events = collect().get("touchstone.events");
            assertThat(events.getLongSumData().getPoints()).hasSizeLessThanOrEqualTo(11);
            assertThat(events.getLongSumData().getPoints().stream()
                            .mapToLong(point -> point.getValue())
                            .sum())
                    .isEqualTo(1_000);
        }
    }

    @Test
    void declaredButNeverSeenTellsNothing() {
        try (Touchstone declared = Touchstone.builder()
                        .catalog(Catalog.builder().touchpoint("pay").build())
                        .build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(declared, openTelemetry)) {
            assertThat(collect().keySet())
                    .containsExactlyInAnyOrder(
                            "touchstone.offered",
                            "touchstone.accepted",
                            "touchstone.dropped",
                            "touchstone.notes",
                            "touchstone.customers");
        }
    }

    @Test
    void oneScoreboardIsReadPerCollection() {
        AtomicInteger reads = new AtomicInteger();
        pay(Outcome.SUCCESS);
        try (TouchstoneTelemetry more = TouchstoneTelemetry.metrics(
                withScoreboard(board -> {
                    reads.incrementAndGet();
                    return board;
                }),
                openTelemetry)) {
            collect();
            collect();
        }
        assertThat(reads).hasValue(2);
    }

    @Test
    void closingTakesTheMetricsBack() {
        pay(Outcome.SUCCESS);
        telemetry.close();
        telemetry.close();
        assertThat(collect()).isEmpty();
    }

    @Test
    void aScoreboardThatCannotBeReadDisturbsNobody() {
        Touchstone broken = withScoreboard(board -> {
            throw new IllegalStateException("broken");
        });
        ScoreMetrics metrics = new ScoreMetrics(broken, openTelemetry.getMeter("test"));
        assertThatCode(metrics::collect).doesNotThrowAnyException();
    }

    private Touchstone withScoreboard(Function<Scoreboard, Scoreboard> change) {
        return (Touchstone) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Touchstone.class}, (proxy, method, args) -> {
                    if (method.getName().equals("name")) {
                        return "another";
                    }
                    Object result = method.invoke(touchstone, args);
                    return result instanceof Scoreboard board ? change.apply(board) : result;
                });
    }

    private void pay(Outcome outcome) {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(CustomerId.of(CANARY))
                .channel(Channel.WEB)
                .outcome(outcome)
                .build());
    }

    private Map<String, MetricData> collect() {
        return reader.collectAllMetrics().stream().collect(Collectors.toMap(MetricData::getName, Function.identity()));
    }

    private static Collection<? extends PointData> points(Map<String, MetricData> metrics) {
        return metrics.values().stream()
                .flatMap(metric -> metric.getData().getPoints().stream())
                .toList();
    }

    private static long longValue(Map<String, MetricData> metrics, String name) {
        return metrics.get(name).getLongSumData().getPoints().stream()
                .mapToLong(point -> point.getValue())
                .sum();
    }

    private static double doubleValue(Map<String, MetricData> metrics, String name) {
        return metrics.get(name).getDoubleSumData().getPoints().stream()
                .mapToDouble(point -> point.getValue())
                .sum();
    }

    private static Optional<Double> gauge(Map<String, MetricData> metrics, String name, String window) {
        return Optional.ofNullable(metrics.get(name)).stream()
                .flatMap(metric -> metric.getDoubleGaugeData().getPoints().stream())
                .filter(point -> point.getAttributes()
                        .equals(PAY.toBuilder().put("touchstone.window", window).build()))
                .map(point -> point.getValue())
                .findFirst();
    }
}
