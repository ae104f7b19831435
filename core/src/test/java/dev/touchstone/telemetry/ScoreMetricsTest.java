package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class ScoreMetricsTest {

    private static final String CANARY = "canary-4711";
    private static final Attributes PAY =
            Attributes.of(SpanAttributes.TOUCHPOINT, "pay", SpanAttributes.CHANNEL, "web");

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
        assertThat(doubleValue(metrics, "touchstone.effort.units"))
                .isEqualTo(totals.effortUnits())
                .isEqualTo(2.5); // a retry, detected, and an abandonment
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
                        point -> Optional.ofNullable(point.getAttributes().get(AnswerMetrics.VERSION))
                                        .map(version -> version + " ")
                                        .orElse("")
                                + point.getAttributes().get(AnswerMetrics.ANSWER),
                        point -> point.getValue()));
    }

    @Test
    void mentionsAreCountedBySideAndSentiment() {
        touchstone.mention(Mention.own().sentiment(0.5).build());
        Map<String, MetricData> metrics = collect();
        assertThat(metrics).containsOnlyKeys("touchstone.mentions");
        assertThat(metrics.get("touchstone.mentions").getLongSumData().getPoints())
                .hasSize(3)
                .allMatch(point -> "own".equals(point.getAttributes().get(AnswerMetrics.OF)))
                .anyMatch(point -> point.getValue() == 1
                        && "positive".equals(point.getAttributes().get(AnswerMetrics.ANSWER)));
    }

    @Test
    void answersAboutEffortAreCountedThoughTheyAreNoEvents() {
        touchstone.record(TouchpointEvent.builder("pay")
                .channel(Channel.WEB)
                .feedback(Feedback.ces2(7))
                .build());
        assertThat(collect()).containsOnlyKeys("touchstone.ces");
    }

    @Test
    void unitsAndKindsFollowTheConventions() {
        pay(Outcome.SUCCESS);
        Map<String, MetricData> metrics = collect();
        Map<String, String> units =
                metrics.values().stream().collect(Collectors.toMap(MetricData::getName, MetricData::getUnit));
        assertThat(units)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "touchstone.experience.score", "{score}",
                        "touchstone.effort.score", "{score}",
                        "touchstone.events", "{event}",
                        "touchstone.weight", "1",
                        "touchstone.quality", "1",
                        "touchstone.effort.units", "{unit}",
                        "touchstone.tasks", "{task}"));
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
        Set<String> keys = points(collect()).stream()
                .flatMap(point -> point.getAttributes().asMap().keySet().stream())
                .map(AttributeKey::getKey)
                .collect(Collectors.toSet());
        assertThat(keys).containsExactlyInAnyOrder("touchstone.touchpoint", "touchstone.channel", "touchstone.window");
    }

    @Test
    void anInstanceWithANameOfItsOwnSaysSo() {
        try (Touchstone shop = Touchstone.builder().name("shop").build();
                TouchstoneTelemetry more = TouchstoneTelemetry.metrics(shop, openTelemetry)) {
            shop.record(TouchpointEvent.builder("pay").channel(Channel.WEB).build());
            assertThat(points(collect()))
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(point.getAttributes().get(ScoreMetrics.INSTANCE))
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
        try (Touchstone small = Touchstone.builder().maximumCells(10).build();
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
            assertThat(collect()).isEmpty();
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
                .filter(point -> point.getAttributes().equals(PAY))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static double doubleValue(Map<String, MetricData> metrics, String name) {
        return metrics.get(name).getDoubleSumData().getPoints().stream()
                .filter(point -> point.getAttributes().equals(PAY))
                .findFirst()
                .orElseThrow()
                .getValue();
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
