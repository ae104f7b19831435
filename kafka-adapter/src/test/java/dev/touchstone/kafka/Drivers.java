package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in as many drivers as there are partitions, which pass on to each other as brokers would. */
final class Drivers implements AutoCloseable {

    private static final ByteArraySerializer WRITER = new ByteArraySerializer();
    private static final ByteArrayDeserializer READER = new ByteArrayDeserializer();

    final ScoringTopics topics = new ScoringTopics(
            "t-events",
            "t-moves",
            "t-arrivals",
            "t-changes",
            "t-additions",
            "t-scores",
            "t-scopes",
            "t-signals",
            "t-dead");
    final DeadLetters deadLetters = new DeadLetters();
    final List<TestRecord<byte[], byte[]>> dead = new ArrayList<>();
    final List<TestRecord<byte[], byte[]>> moves = new ArrayList<>();
    final List<String> signals = new ArrayList<>();
    /** The latest value of each key, as in compacted topics. */
    final Map<CustomerKey, byte[]> scores = new LinkedHashMap<>();

    final Map<String, byte[]> cases = new LinkedHashMap<>();
    final List<CustomerKey> tombstones = new ArrayList<>();
    final Map<String, byte[]> scopes = new LinkedHashMap<>();
    /** The latest reports of the tasks, by the driver. */
    final Map<Integer, Map<String, byte[]>> reports = new HashMap<>();

    private final RecordFormat format;
    private final ScoringSettings settings;
    private final List<Driver> drivers = new ArrayList<>();
    /** Whether records between partitions are held back. */
    boolean holdsMoves;

    private final Queue<TestRecord<byte[], byte[]>> held = new ArrayDeque<>();

    Drivers(int partitions, PseudonymKey key, Supplier<TouchstoneBuilder> instance) {
        this.format = new RecordFormat(key);
        this.settings = new ScoringSettings(topics, key, instance, ScoringSettings.IDS_REMEMBERED);
        for (int i = 0; i < partitions; i++) {
            drivers.add(new Driver(i));
        }
    }

    int partition(byte @Nullable [] key) {
        return key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % drivers.size();
    }

    int partition(CustomerKey customer) {
        return partition(customer.toString().getBytes(US_ASCII));
    }

    void send(TopicRecord content, Instant time) {
        ProducerRecord<byte[], byte[]> sent = format.write(content, topics.events());
        send(partition(sent.key()), new TestRecord<>(sent.key(), sent.value(), sent.headers(), time));
    }

    void send(int partition, TestRecord<byte[], byte[]> record) {
        drivers.get(partition).lastMs = record.timestamp();
        drivers.get(partition).events.pipeInput(record);
        passOn();
    }

    /** Lets time go by without records until an instant. */
    void endAt(long endMs) {
        for (Driver driver : drivers) {
            driver.advance(Duration.ofMillis(endMs - driver.lastMs));
        }
        passOn();
        second();
    }

    /** Lets a second go by, so that sums are sent. */
    void second() {
        drivers.forEach(driver -> driver.advance(Duration.ofSeconds(1)));
        passOn();
    }

    /** Sends something to where sums are added. */
    void add(String scope, byte[] sum) {
        byte[] key = scope.getBytes(UTF_8);
        drivers.get(partition(key)).additions.pipeInput(key, sum);
        passOn();
    }

    /** Lets time go by without records. */
    void idle(int partition, Duration time) {
        drivers.get(partition).advance(time);
        passOn();
    }

    /** Returns the time of the clock of a driver, which began with that of the machine. */
    Instant now(int partition) {
        return drivers.get(partition).now;
    }

    /** Ends a driver, and goes on with another one that has the state of the first. */
    void restart(int partition) {
        second(); // a driver begins with empty stores, so its sums are not sent again
        drivers.get(partition).restart();
        passOn();
    }

    KeyValueStore<?, ?> customers(int partition) {
        return drivers.get(partition).driver.getKeyValueStore(ScoringTopology.CUSTOMERS);
    }

    void release() {
        holdsMoves = false;
        passOn();
    }

    private void passOn() {
        boolean more = true;
        while (more) {
            more = false;
            for (Driver driver : List.copyOf(drivers)) {
                more |= driver.passOn();
            }
            while (!holdsMoves && !held.isEmpty()) {
                TestRecord<byte[], byte[]> move = held.remove();
                moves.add(move);
                Driver driver = drivers.get(partition(move.key()));
                driver.lastMs = Math.max(driver.lastMs, move.timestamp());
                driver.arrivals.pipeInput(move);
                more = true;
            }
        }
    }

    @Override
    public void close() {
        drivers.forEach(driver -> driver.driver.close());
    }

    private final class Driver {

        private final int number;
        private final String directory;
        private long lastMs;
        private Instant now = Instant.EPOCH;
        private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
        private TopologyTestDriver driver;
        private TestInputTopic<byte[], byte[]> events;
        private TestInputTopic<byte[], byte[]> arrivals;
        private TestInputTopic<byte[], byte[]> additions;

        Driver(int number) {
            this.number = number;
            try {
                this.directory = Files.createTempDirectory("touchstone-driver").toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open();
        }

        private void open() {
            Properties properties = ScoringTopology.properties("test-" + number);
            properties.setProperty(StreamsConfig.STATE_DIR_CONFIG, directory);
            now = Instant.ofEpochMilli(System.currentTimeMillis());
            driver = new TopologyTestDriver(ScoringTopology.of(settings, deadLetters), properties, now);
            events = driver.createInputTopic(topics.events(), WRITER, WRITER);
            arrivals = driver.createInputTopic(topics.arrivals(), WRITER, WRITER);
            additions = driver.createInputTopic(topics.additions(), WRITER, WRITER);
        }

        private void advance(Duration time) {
            now = now.plus(time);
            driver.advanceWallClockTime(time);
        }

        /** The state is copied from store to store: a driver deletes its directory. */
        private void restart() {
            List<Entry> entries = new ArrayList<>();
            KeyValueStore<Object, byte[]> customers = driver.getKeyValueStore(ScoringTopology.CUSTOMERS);
            customers.all().forEachRemaining(entry -> entries.add(new Entry(entry.key, entry.value)));
            List<Entry> sums = new ArrayList<>();
            KeyValueStore<Object, byte[]> added = driver.getKeyValueStore(ScoringTopology.SUMS);
            added.all().forEachRemaining(entry -> sums.add(new Entry(entry.key, entry.value)));
            List<Entry> ids = new ArrayList<>();
            driver.<Object, byte[]>getWindowStore(ScoringTopology.EVENT_IDS)
                    .all()
                    .forEachRemaining(entry -> ids.add(new Entry(entry.key, entry.value)));
            driver.close();
            outputs.clear();
            open();
            KeyValueStore<Object, byte[]> freshCustomers = driver.getKeyValueStore(ScoringTopology.CUSTOMERS);
            entries.forEach(entry -> freshCustomers.put(entry.key, entry.value));
            KeyValueStore<Object, byte[]> freshSums = driver.getKeyValueStore(ScoringTopology.SUMS);
            sums.forEach(entry -> freshSums.put(entry.key, entry.value));
            ids.forEach(entry -> {
                Windowed<?> window = (Windowed<?>) entry.key;
                driver.<Object, byte[]>getWindowStore(ScoringTopology.EVENT_IDS)
                        .put(window.key(), entry.value, window.window().start());
            });
        }

        /** Passes on what the driver wrote; returns whether there was anything. */
        private boolean passOn() {
            boolean any = false;
            for (TestRecord<byte[], byte[]> move : read(topics.moves())) {
                held.add(move);
                any = true;
            }
            for (TestRecord<byte[], byte[]> change : read(topics.changes())) {
                boolean erased = ScopeKey.isErased(new String(change.key(), UTF_8));
                List<Driver> readers = erased ? drivers : List.of(drivers.get(partition(change.key())));
                readers.forEach(reader -> reader.additions.pipeInput(change));
                any = true;
            }
            for (TestRecord<byte[], byte[]> score : read(topics.scores())) {
                String key = new String(score.key(), US_ASCII);
                if (CaseKey.customer(key) != null) {
                    cases.put(key, score.value());
                    cases.values().removeIf(Objects::isNull);
                    continue;
                }
                CustomerKey customer = CustomerKey.parse(key);
                if (score.value() == null) {
                    scores.remove(customer);
                    tombstones.add(customer);
                } else {
                    scores.put(customer, score.value());
                }
            }
            for (TestRecord<byte[], byte[]> scope : read(topics.scopes())) {
                String key = new String(scope.key(), UTF_8);
                if (ScopeKey.scope(key, scope.value()) == null) {
                    reports.computeIfAbsent(number, absent -> new HashMap<>()).put(key, scope.value());
                } else {
                    scopes.put(key, scope.value());
                }
            }
            for (TestRecord<byte[], byte[]> signal : read(topics.signals())) {
                signals.add(new String(signal.value(), UTF_8));
            }
            dead.addAll(read(topics.deadLetters()));
            return any;
        }

        private List<TestRecord<byte[], byte[]>> read(String topic) {
            TestOutputTopic<byte[], byte[]> output =
                    outputs.computeIfAbsent(topic, name -> driver.createOutputTopic(name, READER, READER));
            return output.isEmpty() ? List.of() : output.readRecordsToList();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // is never compared
    private record Entry(Object key, byte[] value) {}
}
