package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.care.CareSettings;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of the formats names every field that the library writes. */
class DocumentedFieldsTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    @Test
    void everyWrittenFieldIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/formats.md"));
        Set<String> fields = new TreeSet<>();
        for (String json : written()) {
            collect(MAPPER.readTree(json), fields);
        }
        assertThat(fields).hasSizeGreaterThan(120).contains("experience", "signals", "silentSince", "keyId");
        assertThat(fields)
                .filteredOn(field -> !page.contains("\"" + field + "\"") && !page.contains("`" + field + "`"))
                .isEmpty();
    }

    private static void collect(JsonNode node, Set<String> fields) {
        if (node.isObject()) {
            fields.addAll(node.propertyNames());
        }
        node.forEach(nested -> collect(nested, fields));
    }

    /** Returns what an instance writes that has something of everything. Its names are those of the page. */
    private List<String> written() {
        List<String> written = new ArrayList<>();
        CareJson careJson = CareJson.withPseudonyms();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.touchpoint(
                                "checkout.pay",
                                t -> t.journey("purchase")
                                        .importance(3)
                                        .owner("payments")
                                        .target(Duration.ofMillis(400)))
                        .journey("purchase", j -> j.steps(3).ends("checkout.confirm"))
                        .benchmark(new Catalog.Benchmark("nps", "sector median 2026", 32, OptionalLong.of(1200)))
                        .variants(List.of("build")))
                .showSmallGroups()
                .lifetime()
                .prediction()
                .care(CareSettings.usual().assumedLoss(0.2))
                .signalListener(signal -> written.add(careJson.write(signal)))
                .build()) {
            for (Outcome outcome : List.of(Outcome.SUCCESS, Outcome.FAILURE, Outcome.FAILURE)) {
                for (String name : List.of("search", "checkout.pay", "checkout.confirm")) {
                    touchstone.record(TouchpointEvent.builder(name)
                            .id(name + outcome + written.size() + clock.instant())
                            .customer(ADA)
                            .duration(Duration.ofMillis(180))
                            .outcome(outcome)
                            .amount(42.5)
                            .attribute("build", "412")
                            .build());
                }
                clock.advance(Duration.ofMinutes(1));
            }
            for (Feedback answer : List.of(Feedback.nps(3), Feedback.csat(2), Feedback.ces1(4), Feedback.ces2(4))) {
                touchstone.record(TouchpointEvent.feedback("checkout.pay", ADA, answer));
            }
            touchstone.mention(Mention.own().sentiment(-1).reach(10).build());
            touchstone.mention(Mention.competitor().sentiment(1).reach(10).build());
            touchstone.care().asked(ADA, "csat");
            clock.advance(Duration.ofHours(25));

            ScoreboardJson scores = ScoreboardJson.compact();
            written.add(scores.write(touchstone.scoreboard()));
            written.add(scores.write(touchstone.customer(ADA)));
            written.add(scores.write(touchstone.compare("build")));
            written.add(scores.write(
                    Resolution.DAY,
                    touchstone.history().overall(Resolution.DAY),
                    touchstone.history().marks()));
            written.add(careJson.write(touchstone.care().cases().all(), clock.instant()));
            touchstone.care().value().map(careJson::write).ifPresent(written::add);
            ExportJson export = new ExportJson();
            written.add(export.write(touchstone.export(ADA)));
            written.add(export.write(touchstone.erase(ADA)));
        }
        return written;
    }
}
