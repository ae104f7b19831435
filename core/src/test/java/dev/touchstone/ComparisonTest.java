package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Comparison.Verdict;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The values of an attribute compared by an instance: from the event to the verdict, and beyond a restart. */
@Timeout(60)
class ComparisonTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final PseudonymKey KEY =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8));
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(START);

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(KEY)
                .strict()
                .catalog(catalog -> catalog.variants(List.of("build", "flag:checkout")));
    }

    private static TouchpointEvent.Builder event(String build) {
        return TouchpointEvent.builder("pay").attribute("build", build);
    }

    private static void record(Touchstone touchstone, String build, int events, int failures) {
        for (int i = 0; i < events; i++) {
            touchstone.record(event(build)
                    .outcome(i < failures ? Outcome.FAILURE : Outcome.SUCCESS)
                    .build());
        }
    }

    private static Variant variant(Touchstone touchstone, String build) {
        return touchstone.compare("build").variant(build).orElseThrow();
    }

    private static List<String> values(Comparison comparison) {
        return comparison.variants().stream().map(Variant::value).toList();
    }

    @Test
    void valuesAreComparedWithTheOneSeenFirst() {
        try (Touchstone touchstone = builder().build()) {
            assertThat(touchstone.compare("build").variants()).isEmpty();
            record(touchstone, "2", 400, 20);
            clock.advance(Duration.ofMinutes(5));
            record(touchstone, "1", 400, 200);
            record(touchstone, "3", 400, 20);
            record(touchstone, "4", 99, 99);
            Comparison comparison = touchstone.compare("build");
            assertThat(comparison.attribute()).isEqualTo("build");
            assertThat(values(comparison)).containsExactly("2", "1", "3", "4");
            assertThat(comparison.variants()).extracting(Variant::count).containsExactly(400L, 400L, 400L, 99L);
            assertThat(comparison.variants()).extracting(Variant::failures).containsExactly(20L, 200L, 20L, 99L);
            assertThat(comparison.variants())
                    .extracting(Variant::verdict)
                    .containsExactly(Verdict.UNDECIDED, Verdict.WORSE, Verdict.UNDECIDED, Verdict.UNDECIDED);
            Variant reference = comparison.variants().get(0);
            assertThat(reference.firstSeen()).isEqualTo(START);
            assertThat(reference.difference()).isEmpty();
            assertThat(reference.differenceInterval()).isEmpty();
            Variant worse = comparison.variants().get(1);
            assertThat(worse.firstSeen()).isEqualTo(START.plus(Duration.ofMinutes(5)));
            double difference =
                    worse.quality().orElseThrow() - reference.quality().orElseThrow();
            assertThat(difference).isLessThan(-0.2);
            assertThat(worse.difference().orElseThrow()).isCloseTo(difference, within(1e-12));
            assertThat(worse.differenceInterval().orElseThrow().high()).isNegative();
            assertThat(comparison.variants().get(3).difference()).isEmpty();
            assertThat(comparison.variants().get(3).qualityInterval()).isEmpty();
            assertThat(touchstone.compare("flag:checkout").variants()).isEmpty();
            assertThat(touchstone.scoreboard().comparisons())
                    .extracting(Comparison::attribute)
                    .containsExactly("build", "flag:checkout");
        }
    }

    @Test
    void betterValueIsBetter() {
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "1", 400, 200);
            record(touchstone, "2", 400, 20);
            assertThat(variant(touchstone, "2").verdict()).isEqualTo(Verdict.BETTER);
        }
    }

    @Test
    void qualityIsThatOfWhatHappenedAndNotOfAnswers() {
        try (Touchstone touchstone = builder().build()) {
            List<Double> qualities = new ArrayList<>();
            try (Touchstone heard = builder()
                    .listener((event, touchpoint, assessment) -> qualities.add(assessment.quality()))
                    .build()) {
                for (Touchstone each : List.of(touchstone, heard)) {
                    each.record(event("1").customer(ADA).retries(2).build());
                    each.record(
                            event("1").customer(ADA).outcome(Outcome.DEGRADED).build());
                }
            }
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(ADA)
                    .attribute("build", "1")
                    .feedback(Feedback.csat(1))
                    .build());
            Variant variant = variant(touchstone, "1");
            assertThat(variant.count()).isEqualTo(2);
            assertThat(variant.quality().orElseThrow())
                    .isCloseTo((qualities.get(0) + qualities.get(1)) / 2, within(1e-12));
            assertThat(variant.effort().orElseThrow()).isGreaterThan(0);
            assertThat(variant.predicted()).isEmpty();
            assertThat(variant.completion()).isEmpty();
        }
    }

    @Test
    void eventCountsForEachOfItsDeclaredAttributes() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("1")
                    .attribute("flag:checkout", "on")
                    .attribute("seller", "7")
                    .build());
            touchstone.record(event(" ").build());
            touchstone.record(TouchpointEvent.builder("pay").build());
            assertThat(values(touchstone.compare("build"))).containsExactly("1");
            assertThat(values(touchstone.compare("flag:checkout"))).containsExactly("on");
        }
    }

    @Test
    void completionIsTheShareOfJourneysThatBeginAndAreCompleted() {
        try (Touchstone touchstone = shop().build()) {
            for (int i = 0; i < 4; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                touchstone.record(event("1").customer(customer).build());
                if (i < 3) {
                    touchstone.record(TouchpointEvent.builder("confirm")
                            .customer(customer)
                            .attribute("build", i < 2 ? "1" : "2")
                            .build());
                }
            }
            assertThat(variant(touchstone, "1").begun()).isEqualTo(4);
            assertThat(variant(touchstone, "1").completion()).hasValue(0.5);
            assertThat(variant(touchstone, "2").begun()).isZero();
            assertThat(variant(touchstone, "2").completion()).isEmpty();
            clock.advance(Duration.ofHours(2)); // the fourth one times out before the next event of its customer
            touchstone.record(event("1").customer(CustomerId.of("c3")).build());
            assertThat(variant(touchstone, "1").begun()).isEqualTo(5);
            assertThat(variant(touchstone, "1").completion()).hasValue(0.4);
        }
    }

    @Test
    void predictedIsTheMeanOfThePredictionsAfterTheEvents() {
        try (Touchstone touchstone = builder().prediction().build()) {
            touchstone.record(event("1").customer(ADA).build());
            assertThat(variant(touchstone, "1").predicted())
                    .as("before the first answer")
                    .isEmpty();
            touchstone.record(TouchpointEvent.feedback("pay", ADA, Feedback.csat(5)));
            touchstone.record(event("2").customer(ADA).build());
            double satisfied =
                    touchstone.customer(ADA).predicted().orElseThrow().satisfied();
            assertThat(variant(touchstone, "2").predicted().orElseThrow()).isCloseTo(satisfied, within(1e-3));
            assertThat(variant(touchstone, "1").predicted()).isEmpty();
        }
    }

    @Test
    void twentyFirstValueIsOtherUntilAPlaceIsFree() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 20; i++) {
                record(touchstone, "v" + i, 1, 0);
            }
            clock.advance(Duration.ofDays(4));
            record(touchstone, "v19", 1, 0);
            record(touchstone, "v20", 100, 100);
            record(touchstone, "v21", 100, 100);
            record(touchstone, "v0", 150, 0);
            Comparison full = touchstone.compare("build");
            assertThat(full.variants()).hasSize(21);
            Variant other = full.variants().get(20);
            assertThat(other.value()).isEqualTo("other");
            assertThat(other.count()).isEqualTo(200);
            assertThat(other.qualityInterval()).isPresent();
            assertThat(other.verdict()).as("is not compared").isEqualTo(Verdict.UNDECIDED);
            clock.advance(Duration.ofDays(4));
            assertThat(values(touchstone.compare("build"))).containsExactly("v0", "v19", "other");
            record(touchstone, "v20", 1, 0);
            assertThat(values(touchstone.compare("build"))).containsExactly("v0", "v19", "v20", "other");
            assertThat(variant(touchstone, "v20").count()).isEqualTo(1);
        }
    }

    @Test
    void valueNamedOtherIsOther() {
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "other", 100, 0);
            record(touchstone, "1", 100, 100);
            assertThat(values(touchstone.compare("build"))).containsExactly("1", "other");
            assertThat(variant(touchstone, "1").difference())
                    .as("is the reference")
                    .isEmpty();
            assertThat(variant(touchstone, "other").difference()).isEmpty();
        }
    }

    @Test
    void customersIdIsNoValue() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("ada").customer(ADA).build());
            touchstone.record(event("ada").customer(touchstone.key(ADA)).build());
            touchstone.record(event("g").customer(CustomerId.anonymous("g")).build());
            assertThat(touchstone.compare("build").variants()).isEmpty();
            assertThat(touchstone.health().warnings()).containsEntry(Warning.PERSONAL_EFFECT, 3L);
        }
    }

    @Test
    void attributeThatIsNotDeclaredIsRejectedWithThoseThatAre() {
        try (Touchstone touchstone = builder().build()) {
            assertThatThrownBy(() -> touchstone.compare("buidl"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"buidl\"")
                    .hasMessageContaining("[build, flag:checkout]");
            assertThatThrownBy(() -> touchstone.guard("buidl", worse -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[build, flag:checkout]");
        }
        assertThat(Touchstone.noop().compare("build").variants()).isEmpty();
        Touchstone.noop().guard("build", worse -> {}).close();
    }

    @Test
    void catalogDeclaresVariants() {
        Catalog catalog = CatalogJson.read("a.json", "{ \"variants\": [\"build\", \"flag:checkout\"] }".getBytes(UTF_8))
                .build();
        assertThat(catalog.variants()).containsExactly("build", "flag:checkout");
        assertThat(catalog.toBuilder("").build().variants()).containsExactly("build", "flag:checkout");
        assertThat(Catalog.builder()
                        .variants(List.of("strong"))
                        .over(Catalog.builder().variants(List.of("weak")))
                        .build()
                        .variants())
                .containsExactly("strong");
        assertThatThrownBy(() -> Catalog.builder()
                        .variants(List.of("build", "Customer-ID", "", "build", "a"))
                        .build())
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("/variants/1")
                .hasMessageContaining("may identify customers")
                .hasMessageContaining("/variants/2")
                .hasMessageContaining("\"build\" is declared twice")
                .hasMessageContaining("5 variants are too many; allowed are 4");
        assertThatThrownBy(() -> CatalogJson.read("a.json", "{ \"varaints\": [] }".getBytes(UTF_8))
                        .build())
                .hasMessageContaining("variants");
    }

    @Test
    void reloadKeepsTheValuesOfAttributesThatStay() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("1").attribute("flag:checkout", "on").build());
            touchstone.reload(
                    Catalog.builder().variants(List.of("campaign", "build")).build());
            touchstone.record(event("1")
                    .attribute("flag:checkout", "on")
                    .attribute("campaign", "spring")
                    .build());
            assertThat(variant(touchstone, "1").count()).isEqualTo(2);
            assertThat(values(touchstone.compare("campaign"))).containsExactly("spring");
            assertThatThrownBy(() -> touchstone.compare("flag:checkout")).isInstanceOf(IllegalArgumentException.class);
            touchstone.reload(
                    Catalog.builder().variants(List.of("flag:checkout")).build());
            assertThat(touchstone.compare("flag:checkout").variants()).isEmpty();
        }
    }

    @Test
    void restartKeepsEverything(@TempDir Path directory) {
        Comparison before;
        try (Touchstone touchstone =
                shop().store(SnapshotDirectory.at(directory)).build()) {
            for (int i = 0; i < 150; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                touchstone.record(event(i % 2 == 0 ? "z" : "a")
                        .customer(customer)
                        .retries(i % 3)
                        .outcome(i % 10 == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                        .build());
                touchstone.record(TouchpointEvent.builder("confirm")
                        .customer(customer)
                        .attribute("build", "a")
                        .build());
            }
            touchstone.record(event("few").customer(ADA).build());
            record(touchstone, "other", 3, 0);
            before = touchstone.compare("build");
            assertThat(before.variant("few").orElseThrow().small()).isTrue();
        }
        clock.advance(Duration.ofMinutes(1));
        try (Touchstone touchstone =
                shop().store(SnapshotDirectory.at(directory)).build()) {
            Comparison after = touchstone.compare("build");
            assertThat(json(after)).isEqualTo(json(before));
            assertThat(after.variant("few").orElseThrow().small()).isTrue();
            assertThat(touchstone.export(ADA).toString()).contains("{attribute=build, value=few}");
            touchstone.erase(ADA);
            assertThat(touchstone.export(ADA).toString()).doesNotContain("attribute=build");
        }
        try (Touchstone touchstone = shop().catalog(catalog -> catalog.variants(List.of("flag:checkout")))
                .store(SnapshotDirectory.at(directory))
                .build()) {
            assertThat(touchstone.compare("flag:checkout").variants()).isEmpty();
        }
    }

    private TouchstoneBuilder shop() {
        return builder()
                .catalog(catalog -> catalog.variants(List.of("build", "flag:checkout"))
                        .journey("buy", j -> j.ends("confirm"))
                        .touchpoint("pay", t -> t.journey("buy"))
                        .touchpoint("confirm", t -> t.journey("buy")));
    }

    private static String json(Comparison comparison) {
        return ScoreboardJson.compact().write(comparison);
    }

    @Test
    void comparisonIsWrittenAsJson() {
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "1", 1, 1);
            assertThat(json(touchstone.compare("build")))
                    .isEqualTo(
                            "{\"attribute\":\"build\",\"variants\":[{\"value\":\"1\",\"firstSeen\":\"2026-03-01T10:00:00Z\","
                                    + "\"n\":1,\"quality\":0.0,\"low\":null,\"high\":null,\"effort\":0.0,\"failures\":1,\"begun\":0,"
                                    + "\"completion\":null,\"predicted\":null,\"difference\":null,\"verdict\":\"UNDECIDED\"}]}");
            record(touchstone, "1", 200, 200);
            record(touchstone, "2", 200, 0);
            assertThat(json(touchstone.compare("build")))
                    .containsPattern("\"difference\":\\{\"value\":0\\.\\d+,\"low\":0\\.\\d+,\"high\":0\\.\\d+},"
                            + "\"verdict\":\"BETTER\"");
        }
    }

    @Test
    void smallGroupsAreWithheld() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 200; i++) {
                touchstone.record(event("few").customer(ADA).build());
                touchstone.record(event("many")
                        .customer(CustomerId.of("c" + i))
                        .outcome(Outcome.FAILURE)
                        .build());
            }
            Comparison comparison = touchstone.compare("build");
            assertThat(comparison.variants()).extracting(Variant::small).containsExactly(true, false);
            assertThat(comparison.variants().get(1).difference()).isPresent();
            for (Comparison withheld : List.of(
                    comparison.withholdingSmallGroups(),
                    touchstone
                            .scoreboard()
                            .withholdingSmallGroups()
                            .comparisons()
                            .get(0))) {
                assertThat(values(withheld)).containsExactly("many");
                assertThat(withheld.variants().get(0).difference())
                        .as("would reveal the reference")
                        .isEmpty();
                assertThat(withheld.variants().get(0).quality()).isPresent();
            }
        }
    }

    @Test
    void guestsWhoAreOneCustomerAreOneMember() {
        try (Touchstone touchstone = builder().minimumGroupSize(5).build()) {
            for (int i = 0; i < 5; i++) {
                touchstone.record(
                        event("1").customer(CustomerId.anonymous("g" + i)).build());
            }
            assertThat(variant(touchstone, "1").small()).isFalse();
            for (int i = 0; i < 5; i++) {
                touchstone.identify(CustomerId.anonymous("g" + i), ADA);
            }
            assertThat(variant(touchstone, "1").small()).isTrue();
        }
    }

    @Test
    void guardReceivesEachWorseValueOnce() {
        try (Touchstone touchstone = builder().build()) {
            List<String> worse = new ArrayList<>();
            List<String> later = new ArrayList<>();
            Touchstone.VariantGuard guard = touchstone.guard("build", variant -> worse.add(variant.value()));
            record(touchstone, "1", 200, 0);
            record(touchstone, "2", 200, 100);
            assertThat(worse).isEmpty();
            touchstone.scoreboard();
            assertThat(worse).containsExactly("2");
            touchstone.scoreboard();
            record(touchstone, "3", 200, 200);
            record(touchstone, "4", 200, 0);
            touchstone.scoreboard();
            assertThat(worse).containsExactly("2", "3");
            guard.close();
            guard.close();
            touchstone.guard("build", variant -> later.add(variant.value()));
            record(touchstone, "5", 200, 200);
            touchstone.scoreboard();
            assertThat(worse).containsExactly("2", "3");
            assertThat(later).containsExactly("2", "3", "5");
        }
    }

    @Test
    void guardReceivesNoSmallGroup() {
        try (Touchstone touchstone = builder().build()) {
            List<String> worse = new ArrayList<>();
            touchstone.guard("build", variant -> worse.add(variant.value()));
            record(touchstone, "1", 200, 0);
            for (int i = 0; i < 200; i++) {
                touchstone.record(
                        event("2").customer(ADA).outcome(Outcome.FAILURE).build());
            }
            assertThat(variant(touchstone, "2").verdict()).isEqualTo(Verdict.WORSE);
            assertThat(worse).isEmpty();
        }
    }

    @Test
    void guardThatThrowsIsCountedAndKeepsNothingFromTheOthers() {
        List<String> worse = new ArrayList<>();
        try (Touchstone touchstone = Touchstone.builder()
                .catalog(catalog -> catalog.variants(List.of("build")))
                .build()) {
            touchstone.guard("build", variant -> {
                throw new IllegalStateException();
            });
            touchstone.guard("build", variant -> worse.add(variant.value()));
            record(touchstone, "1", 200, 0);
            record(touchstone, "2", 200, 200);
            ((Engine) touchstone).sweep();
            assertThat(worse).containsExactly("2");
            assertThat(touchstone.health().warnings()).containsEntry(Warning.LISTENER_ERROR, 1L);
        }
    }

    @Test
    void countsOfTwoThreadsAreExact() throws InterruptedException {
        int each = 50_000;
        try (Touchstone touchstone = builder().build()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                threads.add(new Thread(() -> {
                    for (int event = 0; event < each; event++) {
                        record(touchstone, event % 5 == 0 ? "2" : "1", 1, event % 10 == 0 ? 1 : 0);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(variant(touchstone, "1").count()).isEqualTo(2L * each * 4 / 5);
            assertThat(variant(touchstone, "2").count()).isEqualTo(2L * each / 5);
            assertThat(variant(touchstone, "2").failures()).isEqualTo(2L * each / 10);
        }
    }

    @Test
    void eventsOfNowHaveTheVersionOfTheApplication() {
        try (Touchstone touchstone = Touchstone.builder()
                .strict()
                .version("2.3.1")
                .catalog(catalog -> catalog.variants(List.of("build")))
                .build()) {
            touchstone.record(TouchpointEvent.builder("pay").build());
            touchstone.record(
                    TouchpointEvent.builder("pay").attribute("build", "2.3.0").build());
            touchstone.record(TouchpointEvent.builder("pay")
                    .time(Instant.now().minusSeconds(3_600))
                    .build());
            assertThat(touchstone.compare("build").variants())
                    .extracting(variant -> variant.value() + " " + variant.count())
                    .containsExactly("2.3.1 1", "2.3.0 1");
        }
    }

    @Test
    void theVersionIsWrittenOnlyWhereBuildsAreCompared() {
        List<TouchpointEvent> seen = new ArrayList<>();
        try (Touchstone touchstone = Touchstone.builder()
                .strict()
                .version("2.3.1")
                .listener((event, touchpoint, assessment) -> seen.add(event))
                .build()) {
            touchstone.record(TouchpointEvent.builder("pay").build());
        }
        assertThat(seen).extracting(TouchpointEvent::attributes).containsExactly(Map.of());
    }
}
