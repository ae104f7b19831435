package dev.touchstone.kafka;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.settings.InstanceSettings;
import dev.touchstone.settings.InstanceSettings.Setting;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a process that scores, from a properties file and the environment. Immutable.
 *
 * @param kafka the brokers, the names of the topics and the key
 * @param scoring what the topology needs
 * @param streams the properties of Kafka Streams, which may have secrets
 */
record ScorerSettings(TouchstoneKafka kafka, ScoringSettings scoring, Properties streams) {

    private static final String ENVIRONMENT = "TOUCHSTONE_";
    private static final String CLIENTS = "kafka.";
    private static final String BOOTSTRAP_SERVERS = "bootstrap-servers";
    private static final String TOPIC_PREFIX = "topic-prefix";
    private static final String APPLICATION_ID = "application-id";
    private static final String STATE_DIRECTORY = "state-directory";
    private static final String MINIMUM_REPLICATION = "minimum-replication";
    private static final String PARTITIONS = "partitions";
    private static final String CATALOG_FILE = "catalog-file";
    private static final String THREADS = "threads";
    private static final int MOST_THREADS = 1_000;

    private static final List<String> OWN = List.of(
            BOOTSTRAP_SERVERS,
            TOPIC_PREFIX,
            MINIMUM_REPLICATION,
            PARTITIONS,
            APPLICATION_ID,
            STATE_DIRECTORY,
            CATALOG_FILE,
            THREADS);

    /** The settings of an instance that mean something for a partition, which has neither limits of memory nor snapshots. */
    private static final List<Setting<?>> OF_INSTANCE = List.of(
            InstanceSettings.KEY_FILE,
            InstanceSettings.RETENTION,
            InstanceSettings.LIFETIME,
            InstanceSettings.PREDICTION,
            InstanceSettings.MAXIMUM_SERIES,
            InstanceSettings.CARE_ENABLED,
            InstanceSettings.CARE_ACKNOWLEDGE_WITHIN,
            InstanceSettings.CARE_UPDATE_WITHIN,
            InstanceSettings.CARE_RESOLVE_WITHIN,
            InstanceSettings.CARE_ASSUMED_LOSS);

    /** What is decided here; anything else would lose events or count them twice. */
    private static final Set<String> FIXED = Set.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG);

    /**
     * Reads the settings. A variable of the environment takes precedence over the file: {@code key-file} is {@code
     * TOUCHSTONE_KEY_FILE} there, and {@code kafka.security.protocol} is {@code TOUCHSTONE_KAFKA_SECURITY_PROTOCOL}.
     *
     * @param file a properties file; null if everything is in the environment
     * @throws InvalidException with all that is wrong
     */
    static ScorerSettings read(@Nullable Path file, Map<String, String> environment) throws InvalidException {
        return new Reading(file, environment).settings();
    }

    @Override
    public String toString() {
        return kafka + ", application " + streams.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** Settings are invalid. The message has a line for each, with the place. */
    static final class InvalidException extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidException(List<String> problems) {
            super(String.join("\n", problems));
        }
    }

    /** One reading of a file and of an environment. */
    private static final class Reading {

        private final Map<String, String> texts = new TreeMap<>();
        private final Map<String, String> places = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private final String source;

        Reading(@Nullable Path file, Map<String, String> environment) {
            source = file == null ? "environment" : file.toString();
            if (file != null) {
                readFile(file);
            }
            readEnvironment(environment);
        }

        private void readFile(Path file) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add(file + ": cannot be read (" + e.getClass().getSimpleName()
                        + "); name a readable properties file in UTF-8");
            }
            for (String name : properties.stringPropertyNames()) {
                if (names().noneMatch(name::equals) && !name.startsWith(CLIENTS)) {
                    problems.add(file + ": " + name + ": unknown; expected "
                            + names().sorted().collect(Collectors.joining(", ")) + " or a property of Kafka's after "
                            + CLIENTS);
                }
                texts.put(name, properties.getProperty(name).strip());
                places.put(name, file + ": " + name);
            }
        }

        private void readEnvironment(Map<String, String> environment) {
            Stream.concat(names(), clientNames()).forEach(name -> {
                String variable = ENVIRONMENT
                        + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
                String value = environment.get(variable);
                if (value != null) {
                    texts.put(name, value.strip());
                    places.put(name, "environment variable " + variable);
                }
            });
        }

        private static Stream<String> names() {
            return Stream.concat(OWN.stream(), OF_INSTANCE.stream().map(Setting::name));
        }

        /** Only what Kafka knows: orchestrators set variables of their own that begin alike. */
        private static Stream<String> clientNames() {
            return Stream.of(
                            StreamsConfig.configDef().names(),
                            ConsumerConfig.configNames(),
                            ProducerConfig.configNames())
                    .flatMap(Set::stream)
                    .distinct()
                    .map(CLIENTS::concat);
        }

        private void problem(String name, @Nullable String message) {
            problems.add(places.getOrDefault(name, source + ": " + name) + ": " + message);
        }

        private String text(String name, String otherwise) {
            return texts.getOrDefault(name, otherwise);
        }

        private String required(String name, String what) {
            String text = text(name, "");
            if (text.isEmpty()) {
                problem(name, "missing; set it to " + what);
            }
            return text;
        }

        ScorerSettings settings() throws InvalidException {
            String servers = required(BOOTSTRAP_SERVERS, "addresses of brokers, such as broker-1:9092,broker-2:9092");
            String directory = required(STATE_DIRECTORY, "a directory that outlives the process");
            PseudonymKey key = key();
            Catalog catalog = catalog();
            builder(catalog, this::problem);
            TouchstoneKafka kafka = servers.isEmpty() || key == null ? null : kafka(servers, key, directory);
            Properties streams = kafka == null ? null : streams(kafka);
            if (kafka == null || key == null || streams == null || !problems.isEmpty()) {
                throw new InvalidException(problems);
            }
            ScoringSettings scoring = new ScoringSettings(
                    ScoringTopics.of(text(TOPIC_PREFIX, TouchstoneKafka.DEFAULT_TOPIC_PREFIX)),
                    key,
                    () -> builder(catalog, (name, message) -> {}),
                    ScoringSettings.IDS_REMEMBERED);
            return new ScorerSettings(kafka, scoring, streams);
        }

        private @Nullable PseudonymKey key() {
            String name = InstanceSettings.KEY_FILE.name();
            try {
                String file = texts.get(name);
                PseudonymKey key = InstanceSettings.pseudonymKey(file == null ? null : Path.of(file))
                        .orElse(null);
                if (key == null) {
                    problem(
                            name,
                            "missing; set it to the key file that the pods have, or set "
                                    + PseudonymKey.ENVIRONMENT_VARIABLE);
                }
                return key;
            } catch (IllegalArgumentException e) {
                problem(name, e.getMessage());
                return null;
            }
        }

        private Catalog catalog() {
            String file = texts.get(CATALOG_FILE);
            try {
                return file == null ? Catalog.builder().build() : CatalogJson.load(Path.of(file));
            } catch (CatalogException | UncheckedIOException | IllegalArgumentException e) {
                problem(CATALOG_FILE, e.getMessage());
                return Catalog.builder().build();
            }
        }

        /** Returns a new builder with the settings of an instance; the key is set by the topology. */
        private TouchstoneBuilder builder(Catalog catalog, BiConsumer<String, String> problemsOf) {
            TouchstoneBuilder builder = Touchstone.builder().catalog(catalog);
            InstanceSettings settings = new InstanceSettings(builder, problemsOf);
            for (Setting<?> setting : OF_INSTANCE) {
                if (!setting.equals(InstanceSettings.KEY_FILE)) {
                    settings.parse(setting, texts.get(setting.name()));
                }
            }
            settings.complete();
            return builder;
        }

        private @Nullable TouchstoneKafka kafka(String servers, PseudonymKey key, String directory) {
            try {
                TouchstoneKafka.Builder kafka = TouchstoneKafka.at(servers, key);
                attempt(STATE_DIRECTORY, () -> kafka.stateDirectory(Path.of(directory)));
                attempt(
                        TOPIC_PREFIX,
                        () -> kafka.topicPrefix(text(TOPIC_PREFIX, TouchstoneKafka.DEFAULT_TOPIC_PREFIX)));
                attempt(
                        MINIMUM_REPLICATION,
                        () -> kafka.minimumReplication(
                                number(MINIMUM_REPLICATION, TouchstoneKafka.DEFAULT_MINIMUM_REPLICATION)));
                attempt(PARTITIONS, () -> kafka.partitions(number(PARTITIONS, TouchstoneKafka.DEFAULT_PARTITIONS)));
                texts.forEach((name, value) -> {
                    if (name.startsWith(CLIENTS)) {
                        attempt(name, () -> property(kafka, name.substring(CLIENTS.length()), value));
                    }
                });
                return kafka.build();
            } catch (IllegalArgumentException e) {
                problem(BOOTSTRAP_SERVERS, e.getMessage());
                return null;
            }
        }

        private static void property(TouchstoneKafka.Builder kafka, String name, String value) {
            if (FIXED.contains(name)) {
                throw new IllegalArgumentException("decided by the scorer; remove it");
            }
            kafka.property(name, value);
        }

        private int number(String name, int otherwise) {
            String text = text(name, Integer.toString(otherwise));
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + text + "\": expected a whole number", e);
            }
        }

        private void attempt(String name, Runnable setting) {
            try {
                setting.run();
            } catch (IllegalArgumentException e) {
                problem(name, e.getMessage());
            }
        }

        private Properties streams(TouchstoneKafka kafka) {
            String prefix = text(TOPIC_PREFIX, TouchstoneKafka.DEFAULT_TOPIC_PREFIX);
            Properties streams = ClientSettings.streams(kafka, text(APPLICATION_ID, prefix + "-scoring"));
            streams.setProperty(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads()));
            try {
                new StreamsConfig(streams);
            } catch (ConfigException e) {
                problems.add(source + ": " + CLIENTS + "*: " + e.getMessage()); // Kafka hides the values of passwords
            }
            return streams;
        }

        private int threads() {
            String text = text(THREADS, "1");
            try {
                int threads = Integer.parseInt(text);
                if (threads >= 1 && threads <= MOST_THREADS) {
                    return threads;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            problem(THREADS, "\"" + text + "\": expected 1 to " + MOST_THREADS);
            return 1;
        }
    }
}
