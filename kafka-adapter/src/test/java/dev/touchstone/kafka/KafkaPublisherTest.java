package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import dev.touchstone.kafka.tests.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What an instance admits arrives at a real broker, whatever becomes of the broker meanwhile. */
@Timeout(180)
class KafkaPublisherTest {

    private static final String NOWHERE = "127.0.0.1:1";
    private static final Patience IMPATIENT =
            new Patience(Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));
    private static final CustomerId ADA = CustomerId.of("canary-customer-ada");
    private static final CustomerId GUEST = CustomerId.anonymous("canary-session");
    private static final CustomerKey ADA_KEY = ADA.key(KEY);
    private static final CustomerKey GUEST_KEY = GUEST.key(KEY);

    private static Broker broker;
    private static Topics topics;

    private String prefix;

    @BeforeAll
    static void start() {
        broker = OneBroker.get();
        topics = new Topics(broker);
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName();
        OneBroker.get();
    }

    private TouchstoneKafka.Builder kafka() {
        return kafka(broker.bootstrapServers());
    }

    private TouchstoneKafka.Builder kafka(String servers) {
        return TouchstoneKafka.at(servers, KEY)
                .topicPrefix(prefix)
                .minimumReplication(1)
                .patience(IMPATIENT);
    }

    private static Touchstone instance(KafkaPublisher publisher) {
        return Touchstone.builder()
                .pseudonymKey(KEY)
                .strict()
                .catalog(c -> c.touchpoint("pay", t -> t.journey("buy")).journey("buy", j -> j.ends("pay")))
                .customerListener(publisher)
                .build();
    }

    private void createTopic() throws Exception {
        topics.create(topic(), Map.of());
    }

    private String topic() {
        return prefix + "-events";
    }

    private List<ConsumerRecord<byte[], byte[]>> arrived() {
        return topics.read(topic());
    }

    private static TouchpointEvent event(CustomerId customer, int number) {
        return TouchpointEvent.builder("pay").customer(customer).amount(number).build();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2));
    }

    @Test
    void eventsArriveOnceAndThoseOfACustomerInOrder() throws Exception {
        createTopic();
        KafkaPublisher publisher = kafka().build().publisher();
        int threads = 4;
        int customers = 10;
        int events = 500;
        try (Touchstone touchstone = instance(publisher)) {
            List<Thread> recording = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int own = t;
                recording.add(new Thread(() -> {
                    for (int i = 0; i < events * customers; i++) {
                        touchstone.record(event(CustomerId.of("c" + own + "-" + i % customers), i / customers));
                    }
                }));
            }
            recording.forEach(Thread::start);
            for (Thread thread : recording) {
                thread.join();
            }
        }

        Map<String, List<Integer>> numbers = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> read : arrived()) {
            TopicRecord.Happened happened =
                    (TopicRecord.Happened) format().read(read.key(), read.value(), read.headers());
            numbers.computeIfAbsent(Topics.key(read), key -> new ArrayList<>())
                    .add((int) happened.event().amount().orElseThrow());
        }
        assertThat(numbers).hasSize(threads * customers);
        List<Integer> inOrder = Stream.iterate(0, i -> i + 1).limit(events).toList();
        assertThat(numbers.values()).allSatisfy(seen -> assertThat(seen).isEqualTo(inOrder));
        assertThat(publisher.status().published()).isEqualTo((long) threads * customers * events);
        assertThat(publisher.status().dropped().values()).containsOnly(0L);
        assertThat(publisher.status().waiting()).isZero();
        assertThat(publisher.problem()).isEmpty();
    }

    private static RecordFormat format() {
        return new RecordFormat(KEY);
    }

    @Test
    void eventWithTwoAssessmentsIsOneRecordAndIdentificationAndErasureFollow() throws Exception {
        createTopic();
        KafkaPublisher publisher = kafka().build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(GUEST)
                    .outcome(Outcome.DEGRADED)
                    .feedback(Feedback.csat(2))
                    .build());
            touchstone.record(TouchpointEvent.feedback("pay", GUEST, Feedback.csat(3)));
            touchstone.record(TouchpointEvent.builder("pay").build());
            touchstone.identify(GUEST, ADA);
            touchstone.record(event(GUEST, 1));
            touchstone.erase(ADA);
        }

        List<String> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : arrived()) {
            TopicRecord content = format().read(read.key(), read.value(), read.headers());
            values.add(Topics.key(read) + " "
                    + (content instanceof TopicRecord.Happened happened
                            ? happened.event() + (happened.event().outcome().isPresent() ? " both" : "")
                            : content.getClass().getSimpleName()));
        }
        assertThat(values)
                .containsExactlyInAnyOrder(
                        GUEST_KEY + " pay DEGRADED csat 2.0 both",
                        GUEST_KEY + " pay csat 3.0",
                        " pay",
                        GUEST_KEY + " Identified",
                        ADA_KEY + " pay", // the guest is the customer by now
                        ADA_KEY + " Erased",
                        GUEST_KEY + " Erased");
        assertThat(values.stream().filter(value -> value.startsWith(GUEST_KEY.toString())))
                .containsExactly(
                        GUEST_KEY + " pay DEGRADED csat 2.0 both",
                        GUEST_KEY + " pay csat 3.0",
                        GUEST_KEY + " Identified",
                        GUEST_KEY + " Erased");
    }

    @Test
    void brokerAwayAtStart() throws Exception {
        int capacity = 100;
        broker.kill();
        KafkaPublisher publisher = kafka().capacity(capacity).build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            for (int i = 0; i < 10 * capacity; i++) {
                touchstone.record(event(ADA, i));
            }
            touchstone.erase(ADA);

            assertThat(touchstone.health().accepted()).isEqualTo(10L * capacity);
            assertThat(publisher.status().waiting()).isEqualTo(capacity + 1);
            assertThat(publisher.status().dropped(Loss.BUFFER_FULL)).isEqualTo(9L * capacity);
            patiently()
                    .until(() -> touchstone.health().problems().stream()
                            .anyMatch(
                                    problem -> problem.startsWith("kafka: the brokers do not describe topic " + topic())
                                            && problem.contains("101 changes wait")
                                            && problem.contains("1 erasures are among them")
                                            && problem.contains("changes were dropped within the last five minutes")));
            assertThat(touchstone.health().degraded()).isTrue();

            broker.start();
            createTopic();
            patiently().until(() -> publisher.status().waiting() == 0);
            assertThat(publisher.problem().orElseThrow()).doesNotContain("wait").contains("dropped");
        }
        assertThat(publisher.status().published()).isEqualTo(capacity + 1);
        List<ConsumerRecord<byte[], byte[]>> arrived = arrived();
        assertThat(arrived).hasSize(capacity + 1);
        assertThat(Topics.value(arrived.get(capacity))).startsWith("{\"erase\":true,");
    }

    @Test
    void brokerKilledInFlight() throws Exception {
        createTopic();
        int capacity = 200;
        KafkaPublisher publisher = kafka().capacity(capacity).build().publisher();
        int offered = 0;
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(event(ADA, offered++));
            patiently().until(() -> publisher.status().published() == 1);
            for (int i = 0; i < 50; i++) {
                touchstone.record(event(ADA, offered++));
            }
            broker.kill();
            for (int i = 0; i < 1_000; i++) {
                touchstone.record(event(ADA, offered++));
            }
            touchstone.erase(ADA);
            offered++;
            KafkaPublisher.Status away = publisher.status();
            assertThat(away.waiting()).isEqualTo(capacity + 1);
            assertThat(away.published() + away.waiting() + away.dropped(Loss.BUFFER_FULL))
                    .isEqualTo(offered);

            broker.start();
            patiently().until(() -> publisher.status().waiting() == 0);
        }
        KafkaPublisher.Status after = publisher.status();
        assertThat(after.published() + after.dropped(Loss.BUFFER_FULL)).isEqualTo(offered);
        List<ConsumerRecord<byte[], byte[]>> arrived = arrived();
        assertThat(arrived).hasSize((int) after.published());
        List<Double> amounts = amounts(arrived.subList(0, arrived.size() - 1));
        assertThat(amounts).isSorted().doesNotHaveDuplicates();
        assertThat(Topics.value(arrived.get(arrived.size() - 1))).startsWith("{\"erase\":true,");
    }

    private static List<Double> amounts(List<ConsumerRecord<byte[], byte[]>> records) throws RefusedRecordException {
        List<Double> amounts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : records) {
            TopicRecord.Happened happened =
                    (TopicRecord.Happened) format().read(read.key(), read.value(), read.headers());
            amounts.add(happened.event().amount().orElseThrow());
        }
        return amounts;
    }

    @Test
    void brokerSuspendedInFlight() throws Exception {
        createTopic();
        // less than what waits, so that the producer refuses to take more
        KafkaPublisher publisher =
                kafka().property("buffer.memory", "50000").build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(event(ADA, 0));
            patiently().until(() -> publisher.status().published() == 1);
            broker.suspend();
            try {
                for (int i = 1; i < 1_000; i++) {
                    touchstone.record(event(ADA, i));
                }
                assertThat(publisher.status().waiting()).isEqualTo(999);
                patiently().until(() -> publisher.problem().orElse("").contains("999 changes wait"));
            } finally {
                broker.resume();
            }
            patiently().until(() -> publisher.status().published() == 1_000);
            assertThat(publisher.problem()).isEmpty();
        }
        List<Double> amounts = amounts(arrived());
        assertThat(amounts).hasSize(1_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void noRawIdIsOnTheBrokersDisk() throws Exception {
        createTopic();
        try (Touchstone touchstone =
                instance(kafka().property("compression.type", "none").build().publisher())) {
            for (CustomerId customer : List.of(ADA, GUEST)) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .id("canary-order-" + customer.isAnonymous())
                        .customer(customer)
                        .attribute("build", "a-word-to-be-found")
                        .build());
                touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.nps(9)));
            }
            touchstone.identify(GUEST, ADA);
            touchstone.erase(ADA);
        }

        assertThat(arrived())
                .hasSize(7)
                .allSatisfy(read -> assertThat(new String(
                                read.headers().lastHeader("touchstone-key-id").value(), UTF_8))
                        .isEqualTo(KEY.id()));
        assertThat(onDisk("a-word-to-be-found")).isTrue();
        assertThat(onDisk("canary")).isFalse();
    }

    private static boolean onDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(broker.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void closingIsBoundedAndCountsWhatIsLost() {
        KafkaPublisher publisher = kafka(NOWHERE).build().publisher();
        Touchstone touchstone = instance(publisher);
        for (int i = 0; i < 10; i++) {
            touchstone.record(event(ADA, i));
        }
        touchstone.erase(ADA);

        touchstone.close(); // returns though the broker is away, or this test would time out
        publisher.close();

        assertThat(publisher.status().dropped(Loss.BROKER)).isEqualTo(11);
        assertThat(publisher.status().waiting()).isZero();
        assertThat(publisher.problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("1 erasures were not published; erase these customers again"));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("touchstone-kafka"));
    }

    @Test
    void changeAfterClosingIsCounted() {
        KafkaPublisher publisher = kafka().build().publisher();
        publisher.close();

        publisher.changed(new CustomerChange.Identified(GUEST_KEY, ADA_KEY));

        assertThat(publisher.status().dropped(Loss.BROKER)).isOne();
        assertThat(publisher.status().waiting()).isZero();
    }

    @Test
    void topicIsNotCreatedAndIsWaitedFor() throws Exception {
        KafkaPublisher publisher = kafka().build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(event(ADA, 0));
            patiently()
                    .until(() ->
                            publisher.problem().orElse("").contains("topic " + topic() + " does not exist; create it"));
            assertThat(topics.names()).doesNotContain(topic());

            createTopic();
            patiently().until(() -> publisher.status().published() == 1);
            assertThat(publisher.problem()).isEmpty();
        }
    }

    @Test
    void interruptOfTheThreadIsSurvived() throws Exception {
        createTopic();
        KafkaPublisher publisher = kafka().build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            for (int i = 0; i < 5; i++) {
                touchstone.record(event(ADA, i));
                int sent = i + 1;
                patiently().until(() -> publisher.status().published() == sent);
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("touchstone-kafka"))
                        .forEach(Thread::interrupt);
            }
        }
        assertThat(publisher.status().published()).isEqualTo(5);
    }

    @Test
    void tooFewCopiesAreAProblem() throws Exception {
        createTopic();
        KafkaPublisher publisher = kafka().minimumReplication(3).build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(event(ADA, 0));
            patiently().until(() -> publisher.status().published() == 1);
            assertThat(publisher.problem().orElseThrow())
                    .contains("topic " + topic() + " has replication factor 1, expected at least 3");
        }
    }

    @Test
    void whatTheBrokerRefusesIsCountedAndAnErasureIsSentAgain() throws Exception {
        topics.create(topic(), Map.of("max.message.bytes", "20"));
        KafkaPublisher publisher = kafka().build().publisher();
        try (Touchstone touchstone = instance(publisher)) {
            touchstone.record(event(ADA, 0));
            touchstone.erase(ADA);
            patiently().until(() -> publisher.status().dropped(Loss.TOO_LARGE) == 1);
            assertThat(publisher.status().waiting()).isOne();
            assertThat(touchstone.health().lost()).isEqualTo(Map.of("kafka.too_large", 1L));

            topics.set(topic(), "max.message.bytes", "100000");
            patiently().until(() -> publisher.status().published() == 1);
        }
        assertThat(arrived())
                .singleElement()
                .satisfies(read -> assertThat(Topics.value(read)).startsWith("{\"erase\":true,"));
    }

    @Test
    void whatCannotBeWrittenIsCountedAndTheNextChangeIsSent() throws Exception {
        createTopic();
        try (KafkaPublisher publisher = kafka().build().publisher()) {
            publisher.changed(new CustomerChange.Identified(null, ADA_KEY));
            publisher.changed(new CustomerChange.Identified(GUEST_KEY, ADA_KEY));
            patiently().until(() -> publisher.status().published() == 1);
            assertThat(publisher.status().dropped(Loss.SERIALIZATION)).isOne();
        }
    }
}
