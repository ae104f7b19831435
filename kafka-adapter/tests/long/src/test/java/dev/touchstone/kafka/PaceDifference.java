package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CatalogJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Scores the same events in one partition and in several, each of which learns what is usual from its own, and prints by how much
 * the scores of customers differ. A program, not a test. Arguments: the numbers of events, customers and partitions.
 */
final class PaceDifference {

    private static final PseudonymKey KEY =
            PseudonymKey.of("the key that all pods have in common, long enough".getBytes(UTF_8));
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String[] TOUCHPOINTS = {"search", "search", "basket", "pay"};

    private PaceDifference() {}

    /** Runs with the numbers of events, customers and partitions. */
    public static void main(String[] arguments) {
        int events = Integer.parseInt(arguments[0]);
        int customers = Integer.parseInt(arguments[1]);
        int partitions = Integer.parseInt(arguments[2]);
        List<Double> one = scores(events, customers, 1);
        List<Double> several = scores(events, customers, partitions);
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            if (!one.get(i).isNaN()) {
                differences.add(Math.abs(one.get(i) - several.get(i)));
            }
        }
        Collections.sort(differences);
        System.out.printf(
                "%d events, %d customers, 1 and %d partitions: experience differs by %.2f at the median, %.2f at the 99th"
                        + " percentile, %.2f at most%n",
                events,
                differences.size(),
                partitions,
                differences.get(differences.size() / 2),
                differences.get(differences.size() * 99 / 100),
                differences.get(differences.size() - 1));
    }

    private static TouchstoneBuilder builder() {
        return Touchstone.builder()
                .catalog(CatalogJson.read("catalog", ScorerCluster.CATALOG.getBytes(UTF_8))
                        .build());
    }

    private static List<Double> scores(int events, int customers, int partitions) {
        Random random = new Random(1);
        try (Drivers drivers = new Drivers(partitions, KEY, PaceDifference::builder)) {
            Instant now = START;
            for (int i = 0; i < events; i++) {
                now = now.plusMillis(random.nextInt(2_000));
                TouchpointEvent event = TouchpointEvent.builder(TOUCHPOINTS[random.nextInt(TOUCHPOINTS.length)])
                        .timeMs(now.toEpochMilli())
                        // a tenth is ten times as slow
                        .duration(Duration.ofMillis((100 + random.nextInt(300)) * (random.nextInt(10) == 0 ? 10L : 1L)))
                        .outcome(random.nextInt(20) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                        .build();
                drivers.send(new TopicRecord.Happened(customer(random.nextInt(customers)), event), now);
            }
            Scores scores =
                    new Scores(drivers.scores, builder().pseudonymKey(KEY).clock(new StreamClock(now.toEpochMilli())));
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < customers; i++) {
                var score = scores.customer(customer(i)).experience();
                values.add(score.isPresent() ? score.value() : Double.NaN);
            }
            return values;
        }
    }

    private static CustomerKey customer(int number) {
        return new CustomerKey(0x9E37_79B9_7F4A_7C15L * (number + 1), 1);
    }
}
