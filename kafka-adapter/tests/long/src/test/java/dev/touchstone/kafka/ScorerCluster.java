package dev.touchstone.kafka;

import dev.touchstone.kafka.tests.Broker;
import dev.touchstone.kafka.tests.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A broker, the topics of scoring, and processes that score. Not thread-safe. */
final class ScorerCluster implements AutoCloseable {

    static final String APPLICATION = "touchstone-scoring";
    static final String CATALOG = """
            { "touchpoints": [ { "name": "search", "target": "PT0.2S" },
                               { "name": "basket", "target": "PT0.3S", "journey": "purchase" },
                               { "name": "pay", "target": "PT0.4S", "importance": 3, "journey": "purchase" } ],
              "journeys": [ { "name": "purchase", "timeout": "PT6H", "ends": ["pay"] } ] }
            """;

    final Broker broker;
    final Path folder;
    final List<Scorer> scorers = new ArrayList<>();
    private final Path key;
    private final Path catalog;
    private final Class<?> main;

    /**
     * @param main the main class of the processes
     * @param partitions the number of partitions of each topic
     */
    ScorerCluster(Class<?> main, int partitions, byte[] secret) throws Exception {
        this(main, partitions, secret, Map.of());
    }

    /** As the other one, with properties of the broker's configuration. */
    ScorerCluster(Class<?> main, int partitions, byte[] secret, Map<String, String> ofBroker) throws Exception {
        this.main = main;
        broker = Broker.absent(ofBroker);
        broker.start();
        folder = Files.createTempDirectory("touchstone-cluster");
        key = Files.write(folder.resolve("key"), secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        catalog = Files.writeString(folder.resolve("touchstone.json"), CATALOG);
        try (Topics topics = new Topics(broker)) {
            ScoringTopics all = ScoringTopics.of(TouchstoneKafka.DEFAULT_TOPIC_PREFIX);
            Map<String, Map<String, String>> settings = new LinkedHashMap<>(all.settings());
            settings.put(all.events(), Map.of());
            for (Map.Entry<String, Map<String, String>> topic : settings.entrySet()) {
                topics.create(topic.getKey(), partitions, topic.getValue());
            }
        }
    }

    /** Adds a process, and starts it. */
    Scorer add(Map<String, String> settings) throws IOException {
        Scorer scorer = new Scorer(scorers.size() + 1, settings);
        scorers.add(scorer);
        scorer.start();
        return scorer;
    }

    @Override
    public void close() throws IOException {
        scorers.forEach(Scorer::kill);
        broker.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A process that scores. */
    final class Scorer {

        final int number;
        final Path output;
        private final Path properties;
        private Child child;

        private Scorer(int number, Map<String, String> settings) throws IOException {
            this.number = number;
            this.output = folder.resolve("scorer-" + number + ".log");
            this.properties = folder.resolve("scorer-" + number + ".properties");
            Properties all = new Properties();
            all.setProperty("bootstrap-servers", broker.bootstrapServers());
            all.setProperty("key-file", key.toString());
            all.setProperty("catalog-file", catalog.toString());
            all.setProperty("state-directory", folder.resolve("state-" + number).toString());
            all.setProperty("minimum-replication", "1");
            all.setProperty("lifetime", "true");
            all.setProperty("care.enabled", "true");
            all.putAll(settings);
            try (var writer = Files.newBufferedWriter(properties)) {
                all.store(writer, null);
            }
        }

        void start() {
            child = Child.watched(
                    output,
                    List.of(
                            "-Xmx" + System.getProperty("touchstone.scorer.heap", "192m"),
                            "-XX:+UseSerialGC",
                            "-Dlogback.configurationFile=scorer-logback.xml"),
                    System.getProperty("java.class.path"),
                    main.getName(),
                    List.of(properties.toString()));
        }

        boolean isAlive() {
            return child.isAlive();
        }

        long pid() {
            return child.pid();
        }

        String tail() {
            return child.tail();
        }

        String output() {
            return child.output();
        }

        void kill() {
            child.kill();
        }

        boolean stop() {
            return child.stop();
        }

        void suspend() {
            child.suspend();
        }

        void resume() {
            child.resume();
        }
    }
}
