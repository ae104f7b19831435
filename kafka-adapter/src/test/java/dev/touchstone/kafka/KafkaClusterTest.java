package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances in one process, each with a part of the events and of the partitions: asked at any of them, the cluster answers
 * as the library does that received everything.
 */
@Timeout(300)
class KafkaClusterTest {

    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));
    private static final Patience IMPATIENT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final int CUSTOMERS = 30;
    private static final int EVENTS = 300;
    private static final List<String> TOUCHPOINTS = List.of("search", "basket", "pay");

    // scores decay: all are asked for the same instant
    private final Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    private final List<Member> members = new ArrayList<>();
    private String prefix = "";

    @TempDir
    Path directory;

    /** An instance, and its connection. */
    private record Member(Touchstone touchstone, KafkaPublisher publisher, KafkaCluster cluster) {}

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .catalog(PurchaseCatalog.CATALOG)
                .lifetime()
                .prediction()
                .care()
                .showSmallGroups()
                .clock(InstantSource.fixed(now));
    }

    private Member member(int number) {
        TouchstoneKafka kafka = kafka(number).build();
        KafkaPublisher publisher = kafka.publisher();
        KafkaCluster cluster = kafka.cluster(() -> Touchstone.builder()
                .catalog(PurchaseCatalog.CATALOG)
                .lifetime()
                .prediction()
                .care()
                .showSmallGroups());
        Touchstone touchstone = builder()
                .pseudonymKey(KEY)
                .customerListener(publisher)
                .customerListener(cluster)
                .build();
        Member member = new Member(touchstone, publisher, cluster);
        members.add(member);
        cluster.start();
        return member;
    }

    private TouchstoneKafka.Builder kafka(int number) {
        return TouchstoneKafka.at(OneBroker.address(), KEY)
                .topicPrefix(prefix)
                .minimumReplication(1)
                .partitions(3)
                .stateDirectory(directory.resolve("member-" + number))
                .patience(IMPATIENT)
                // an instance that leaves is missed later than the others need to notice it
                .property("session.timeout.ms", "9000")
                .property("heartbeat.interval.ms", "1000");
    }

    @AfterEach
    void close() {
        members.forEach(member -> member.touchstone.close());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }

    private static CustomerId customer(int number) {
        return CustomerId.of("customer-" + number);
    }

    private TouchpointEvent event(Random random, int number) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(TOUCHPOINTS.get(random.nextInt(3)))
                .customer(customer(random.nextInt(CUSTOMERS)))
                .channel(random.nextBoolean() ? Channel.WEB : Channel.APP)
                .time(now.minusMillis(EVENTS - number));
        return number % 20 == 0
                ? event.feedback(Feedback.csat(1 + random.nextInt(5))).build()
                : event.outcome(random.nextInt(10) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                        .duration(Duration.ofMillis(50 + random.nextInt(900)))
                        .build();
    }

    private static void assertNoProblem(Member member) {
        patiently()
                .untilAsserted(
                        () -> assertThat(member.touchstone.health().problems()).isEmpty());
    }

    private static boolean isWhole(Member member) {
        return member.touchstone.scoreboard().coverage().orElseThrow().isWhole();
    }

    @Test
    void eachInstanceAnswersForAllAndSaysSoWhenOneIsAway() throws Exception {
        prefix = "cluster";
        for (int i = 0; i < 3; i++) {
            member(i);
        }
        patiently().until(() -> members.stream().allMatch(KafkaClusterTest::isWhole));
        try (Touchstone alone = builder().pseudonymKey(KEY).build()) {
            Random random = new Random(18);
            for (int i = 0; i < EVENTS; i++) {
                TouchpointEvent event = event(random, i);
                alone.record(event);
                // a customer stays with an instance for one event only; the last one has to be published by then
                int at = i;
                members.get(i % 3).touchstone.record(event);
                patiently()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> members.get(at % 3).publisher.status().waiting() == 0);
            }
            patiently().untilAsserted(() -> members.forEach(member -> assertSame(member.touchstone, alone)));
            assertSameForgottenGuest(alone);
        }
        patiently()
                .untilAsserted(() -> assertThat(ScoreboardJson.compact()
                                .write(members.get(0).touchstone.scoreboard()))
                        .contains("\"coverage\":{\"answered\":3,\"partitions\":3,\"ageMs\":"));
        assertNoProblem(members.get(0));
        assertThat(members.get(0).cluster.lagSeconds().orElseThrow()).isNotNegative();

        assertWorkedOnFromAnyInstance();
        assertRefusedRecordIsInHealth();
        assertErasedEverywhere();

        // no instance scores some partitions until the brokers notice that two are gone
        members.get(1).cluster.close();
        members.get(2).cluster.close();
        patiently().until(() -> !isWhole(members.get(0)));
        patiently().until(() -> isWhole(members.get(0)));
        members.get(0).cluster.close();
        patiently().until(() -> !isWhole(members.get(0)));
        patiently().until(() -> members.get(0).cluster.counted().reach().answered() == 0);
        Scoreboard own = members.get(0).touchstone.scoreboard();
        assertThat(own.coverage().orElseThrow().answered()).isZero();
        assertThat(own.overall().count())
                .isEqualTo(members.get(0).touchstone.ownScoreboard().overall().count());
        // the partitions of customers and those of sums report for themselves, so one may count as away earlier
        patiently()
                .until(() -> !members.get(0)
                        .touchstone
                        .customer(customer(1))
                        .coverage()
                        .orElseThrow()
                        .isWhole());
    }

    private static void assertSame(Touchstone cluster, Touchstone alone) {
        for (int i = 0; i < CUSTOMERS; i++) {
            CustomerExperience expected = alone.customer(customer(i));
            CustomerExperience actual = cluster.customer(customer(i));
            String name = "customer " + i;
            assertThat(actual.coverage().orElseThrow().isWhole()).as(name).isTrue();
            assertThat(List.of(
                            actual.count(),
                            actual.verdicts(),
                            actual.openJourneys().size(),
                            actual.isAtRisk()))
                    .as(name)
                    .isEqualTo(List.of(
                            expected.count(),
                            expected.verdicts(),
                            expected.openJourneys().size(),
                            expected.isAtRisk()));
            assertClose(name, actual.experience(), expected.experience());
            assertClose(name, actual.effort(), expected.effort());
            assertClose(name, actual.lifetimeExperience(), expected.lifetimeExperience());
            assertThat(actual.predicted().isPresent())
                    .as(name)
                    .isEqualTo(expected.predicted().isPresent());
        }
        assertThat(cluster.care().cases().isWhole()).isTrue();
        assertThat(facts(cluster)).isNotEmpty().isEqualTo(facts(alone));
        Scoreboard expected = alone.scoreboard();
        Scoreboard actual = cluster.scoreboard();
        assertThat(actual.coverage().orElseThrow().isWhole()).isTrue();
        assertClose(
                "overall",
                actual.overall().baseline().experience(),
                expected.overall().baseline().experience());
        assertThat(actual.overall().count()).isEqualTo(expected.overall().count());
        for (int i = 0; i < expected.touchpoints().size(); i++) {
            Scoreboard.TouchpointScope one = expected.touchpoints().get(i);
            Scoreboard.TouchpointScope other = actual.touchpoints().get(i);
            String name = one.definition().name() + " " + one.channel();
            assertThat(other.definition()).isEqualTo(one.definition());
            assertThat(other.channel()).isEqualTo(one.channel());
            assertThat(other.verdicts()).as(name).isEqualTo(one.verdicts());
            assertThat(other.apdex()).as(name).isEqualTo(one.apdex());
            assertThat(other.scores().newcomers().map(Object::toString))
                    .as(name)
                    .isEqualTo(one.scores().newcomers().map(Object::toString));
            assertClose(
                    name, other.scores().now().experience(), one.scores().now().experience());
            assertClose(name, other.scores().now().effort(), one.scores().now().effort());
        }
        Scoreboard.JourneyScope journey = expected.journeys().get(0);
        Scoreboard.JourneyScope same = actual.journeys().get(0);
        assertThat(List.of(same.started(), same.completed(), same.abandoned(), same.unknown(), same.open()))
                .isEqualTo(List.of(
                        journey.started(),
                        journey.completed(),
                        journey.abandoned(),
                        journey.unknown(),
                        journey.open()));
        assertThat(journey.completed()).isPositive();
        assertThat(same.completionRate()).isEqualTo(journey.completionRate());
        assertThat(same.recent()).isEqualTo(journey.recent());
        assertThat(same.conversions().toString())
                .isEqualTo(journey.conversions().toString());
        assertThat(same.funnel().toString()).isEqualTo(journey.funnel().toString());
        assertThat(actual.indices().overall().csat().toString())
                .isEqualTo(expected.indices().overall().csat().toString());
    }

    private static List<String> facts(Touchstone touchstone) {
        return touchstone.care().cases().all().stream()
                .map(file -> file.customer() + " at " + file.touchpoint() + " of " + file.owner() + " " + file.status())
                .sorted()
                .toList();
    }

    private static void assertClose(String what, Score actual, Score expected) {
        assertThat(actual.isPresent()).as(what).isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            assertThat(actual.value()).as(what).isCloseTo(expected.value(), within(1e-9));
            assertThat(actual.interval().low())
                    .as(what)
                    .isCloseTo(expected.interval().low(), within(1e-9));
        }
    }

    /** What a guest does after it was forgotten is the guest's again, in the cluster as in the library. */
    private void assertSameForgottenGuest(Touchstone alone) {
        CustomerId guest = CustomerId.anonymous("terminal");
        List<Touchstone> both = List.of(alone, members.get(0).touchstone);
        for (Touchstone each : both) {
            each.identify(guest, customer(0));
            each.forget(guest);
            each.record(TouchpointEvent.builder("search")
                    .customer(guest)
                    .channel(Channel.WEB)
                    .time(now)
                    .build());
        }
        patiently()
                .untilAsserted(() -> members.forEach(member -> {
                    assertThat(member.touchstone.customer(guest).count()).isEqualTo(1);
                    assertThat(member.touchstone.customer(customer(0)).count())
                            .isEqualTo(alone.customer(customer(0)).count());
                }));
    }

    /** A case that one instance resolves is resolved on all, and the customer's score has it. */
    private void assertWorkedOnFromAnyInstance() {
        RecoveryCase file = members.get(0).touchstone.care().cases().all().get(0);
        double before =
                members.get(1).touchstone.customer(file.customer()).experience().value();
        members.get(1).touchstone.care().cases().acknowledge(file.id());
        patiently().until(() -> hasStatus(file, RecoveryCase.Status.ACKNOWLEDGED));
        members.get(2).touchstone.care().cases().resolve(file.id(), RecoveryCase.Resolution.FULL);
        patiently().until(() -> hasStatus(file, RecoveryCase.Status.RESOLVED));
        patiently()
                .untilAsserted(() -> members.forEach(member -> assertThat(member.touchstone
                                .customer(file.customer())
                                .experience()
                                .value())
                        .isGreaterThan(before)));
    }

    private boolean hasStatus(RecoveryCase file, RecoveryCase.Status status) {
        return members.stream()
                .allMatch(member -> member.touchstone
                        .care()
                        .cases()
                        .find(file.id())
                        .filter(found -> found.status() == status)
                        .isPresent());
    }

    private void assertRefusedRecordIsInHealth() throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", OneBroker.address());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> bad = new ProducerRecord<>(prefix + "-events", null, "{".getBytes(UTF_8));
            bad.headers().add(RecordFormat.KEY_ID, KEY.id().getBytes(UTF_8));
            producer.send(bad).get();
        }
        patiently()
                .untilAsserted(() -> assertThat(members)
                        .filteredOn(member ->
                                member.touchstone.health().lost().equals(Map.of("dead_letter.bad_record", 1L)))
                        .singleElement()
                        .satisfies(
                                member -> assertThat(member.touchstone.health().problems())
                                        .singleElement()
                                        .asString()
                                        .isEqualTo("cluster: records were refused within the last five minutes, in all"
                                                + " {bad_record=1}; see the topic cluster-dead-letters")));
    }

    private void assertErasedEverywhere() {
        members.get(0).touchstone.erase(customer(2));
        assertThat(members.get(0).touchstone.customer(customer(2)).count())
                .as("at once where it was asked for")
                .isZero();
        patiently()
                .untilAsserted(() -> members.forEach(member -> {
                    CustomerExperience erased = member.touchstone.customer(customer(2));
                    assertThat(erased.count()).isZero();
                    assertThat(erased.coverage().orElseThrow().isWhole()).isTrue();
                }));
    }

    @Test
    void wrongTopicIsAProblemUntilItIsMended() throws Exception {
        prefix = "wrong";
        try (Topics topics = new Topics(OneBroker.get())) {
            topics.create("wrong-events", Map.of());
            topics.create("wrong-scores", Map.of("cleanup.policy", "delete"));
            Member member = member(0);
            patiently()
                    .untilAsserted(() -> assertThat(member.touchstone.health().problems())
                            .singleElement()
                            .asString()
                            .contains(
                                    "topic wrong-scores has cleanup.policy=delete; it has to be compact",
                                    "topic wrong-scores has max.compaction.lag.ms="));
            assertThat(topics.names()).contains("wrong-moves", "wrong-scopes", "wrong-scope-changes");
            Scoreboard own = member.touchstone.scoreboard();
            assertThat(own.coverage().orElseThrow().answered()).isZero();
            topics.set("wrong-scores", "cleanup.policy", "compact");
            topics.set("wrong-scores", "max.compaction.lag.ms", "604800000");
            patiently().until(() -> isWhole(member));
            assertNoProblem(member);
        }
    }
}
