package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.event.PseudonymKey;
import dev.touchstone.kafka.ScorerCluster.Scorer;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Kills and suspends processes that score and their broker while two pods publish, and compares what is counted at the end with
 * the events in the topic. {@code -Dtouchstone.faults=200} is the run at length; {@code -Dtouchstone.seed} repeats the order of
 * faults, though not their effect.
 */
class FaultRunTest {

    private static final int FAULTS = Integer.getInteger("touchstone.faults", 20);
    private static final int FAULTS_TO_FIND = 20;
    private static final int SCORERS = 3;
    private static final int PARTITIONS = 6;
    private static final int EVENTS_PER_SECOND = Integer.getInteger("touchstone.rate", 50);
    private static final int PROGRESS = 50;
    private static final String SCORES =
            ScoringTopics.of(TouchstoneKafka.DEFAULT_TOPIC_PREFIX).scores();
    private static final byte[] SECRET = "the key that all pods have in common, long enough".getBytes(UTF_8);
    private static final PseudonymKey KEY = PseudonymKey.of(SECRET);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final long seed = Long.getLong("touchstone.seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);

    @Test
    void nothingIsLostOrDoubledWhateverFails() throws Exception {
        Map<String, String> differences = run(ScorerProcess.class, FAULTS);

        assertThat(differences).isEmpty();
    }

    @Test
    void plantedFaultIsFound() throws Exception {
        Map<String, String> differences = run(PlantedScorer.class, FAULTS_TO_FIND);

        assertThat(differences).isNotEmpty();
    }

    /** Returns what differs at the end. */
    private Map<String, String> run(Class<?> main, int faults) throws Exception {
        say("seed " + seed + ", " + faults + " faults, " + main.getSimpleName());
        try (ScorerCluster cluster = new ScorerCluster(main, PARTITIONS, SECRET)) {
            for (int i = 0; i < SCORERS; i++) {
                cluster.add(Map.of(
                        "threads", "2",
                        "kafka.num.standby.replicas", "1",
                        "kafka.session.timeout.ms", "6000",
                        "kafka.heartbeat.interval.ms", "1500"));
            }
            Pods pods = new Pods(cluster.broker.bootstrapServers(), KEY, EVENTS_PER_SECOND, new Random(seed));
            try (pods) {
                await().atMost(PATIENCE).until(() -> pods.published() > 0);
                for (int i = 1; i <= faults; i++) {
                    awaitProgress(cluster);
                    pause(0, 3_000);
                    superviseAll(cluster);
                    fault(cluster, i);
                }
                say("published while faults were made: " + pods.published());
                pods.end();
                superviseAll(cluster);
                await().atMost(PATIENCE).until(() -> pods.waiting() == 0);
                return differences(cluster, pods.published());
            }
        }
    }

    private void pause(int leastMs, int mostMs) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(leastMs + random.nextInt(mostMs - leastMs));
    }

    /** Waits until more is counted: a fault in processes that count nothing would show nothing. */
    private void awaitProgress(ScorerCluster cluster) {
        long before = Committed.end(cluster.broker, SCORES);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    superviseAll(cluster);
                    return Committed.end(cluster.broker, SCORES) > before + PROGRESS;
                });
    }

    /** Starts again the processes that ended, as an orchestrator does. */
    private static void superviseAll(ScorerCluster cluster) {
        for (Scorer scorer : cluster.scorers) {
            if (!scorer.isAlive()) {
                scorer.start();
            }
        }
    }

    private void fault(ScorerCluster cluster, int number) throws InterruptedException {
        Scorer scorer = cluster.scorers.get(random.nextInt(cluster.scorers.size()));
        int dice = random.nextInt(10);
        String name = "fault " + number + ": ";
        if (dice < 5) {
            say(name + "SIGKILL of scorer " + scorer.number);
            scorer.kill();
        } else if (dice < 8) {
            // longer than the session, or not: then the group goes on without it, and it does not know when it wakes
            say(name + "SIGSTOP of scorer " + scorer.number);
            scorer.suspend();
            pause(500, 12_000);
            scorer.resume();
        } else if (dice < 9) {
            say(name + "SIGKILL of the broker");
            cluster.broker.kill();
            pause(100, 5_000);
            cluster.broker.start();
        } else {
            say(name + "SIGSTOP of the broker");
            cluster.broker.suspend();
            pause(500, 8_000);
            cluster.broker.resume();
        }
    }

    /** Waits until everything is counted, or something is counted twice, or nothing changes any more. */
    private static Map<String, String> differences(ScorerCluster cluster, long published) throws InterruptedException {
        Totals expected = Totals.published(cluster.broker, KEY);
        say("in the topic: " + published + " changes, " + expected.events() + " events of "
                + expected.numberOfCustomers() + " customers, " + expected.count("journeys completed") + " of "
                + expected.count("journeys begun") + " journeys completed");
        Map<String, String> differences = new TreeMap<>(Map.of("nothing", "was compared"));
        long unchangedSince = System.nanoTime();
        while (System.nanoTime() - unchangedSince < PATIENCE.toNanos()) {
            superviseAll(cluster);
            Totals scored = Totals.scored(cluster.broker, KEY);
            Map<String, String> now = expected.differences(scored);
            say("counted: " + scored.events() + " events of " + scored.numberOfCustomers() + " customers, " + now.size()
                    + " differences");
            if (now.isEmpty()) {
                TimeUnit.SECONDS.sleep(5); // what is counted twice is counted later
                now = expected.differences(Totals.scored(cluster.broker, KEY));
                if (now.isEmpty()) {
                    now = expected.customers().differences(Totals.sent(cluster.broker, KEY));
                }
                return now;
            }
            if (now.equals(differences)) {
                if (scored.exceeds(expected)) {
                    return now;
                }
            } else {
                unchangedSince = System.nanoTime();
                differences = now;
            }
            TimeUnit.SECONDS.sleep(2);
        }
        cluster.scorers.forEach(scorer -> say(scorer.tail()));
        return differences;
    }

    private static void say(String what) {
        System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }
}
