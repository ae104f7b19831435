package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request;
import dev.touchstone.care.RecoveryCase.Request.Action;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.RefusedRecordException.Reason;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.StoredCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each rule of the topology, in three partitions. */
class ScoringTopologyTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/touchstone/kafka/topology.txt");
    private static final PseudonymKey KEY =
            PseudonymKey.of("the key that all pods have in common, long enough".getBytes(UTF_8));
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Catalog CATALOG = Catalog.builder()
            .journey("purchase", j -> j.timeout(Duration.ofMinutes(30)).ends("pay"))
            .touchpoint("search", t -> t.target(Duration.ofMillis(200)))
            .touchpoint("basket", t -> t.journey("purchase"))
            .touchpoint("pay", t -> t.journey("purchase").importance(3))
            .build();

    private final Drivers drivers = new Drivers(3, KEY, ScoringTopologyTest::builder);
    private Instant now = START;

    private static TouchstoneBuilder builder() {
        return Touchstone.builder().catalog(CATALOG).care();
    }

    @AfterEach
    void close() {
        drivers.close();
    }

    private static CustomerKey key(String customer) {
        return CustomerKey.parse(CustomerId.of(customer).key(KEY).toString());
    }

    /** Returns a guest in another partition than a customer. */
    private CustomerKey guestAwayFrom(CustomerKey customer) {
        for (int i = 0; ; i++) {
            CustomerKey guest = CustomerKey.parse(
                    CustomerId.anonymous("guest-" + i).key(KEY).toString());
            if (drivers.partition(guest) != drivers.partition(customer)) {
                return guest;
            }
        }
    }

    private void happens(CustomerKey customer, TouchpointEvent.Builder event) {
        drivers.send(
                new TopicRecord.Happened(
                        customer, event.time(now).channel(Channel.WEB).build()),
                now);
    }

    private void happens(CustomerKey customer, String touchpoint) {
        happens(customer, TouchpointEvent.builder(touchpoint));
    }

    private void identify(CustomerKey guest, CustomerKey customer) {
        drivers.send(new TopicRecord.Identified(guest, customer, now), now);
    }

    private void erase(CustomerKey customer) {
        drivers.send(new TopicRecord.Erased(customer, now), now);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private CustomerExperience experience(CustomerKey customer) {
        return new Scores(drivers.scores, builder().pseudonymKey(KEY).clock(new StreamClock(now.toEpochMilli())))
                .customer(customer);
    }

    private ScopeSums.Sum sum(String scope) {
        drivers.second();
        return new ScopeSums(CATALOG.model()).read(drivers.scopes.get(scope));
    }

    private static TestRecord<byte[], byte[]> raw(byte[] key, byte[] value, String keyId) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(RecordFormat.KEY_ID, keyId.getBytes(US_ASCII));
        return new TestRecord<>(key, value, headers, START);
    }

    private List<RecoveryCase> cases() {
        return drivers.cases.values().stream().map(StoredCases::read).toList();
    }

    @Test
    void recoveryCaseIsInTheTopicOfScoresUntilItsCustomerIsErased() {
        CustomerKey ada = key("ada");
        happens(ada, TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        RecoveryCase opened = cases().get(0);
        assertThat(drivers.cases).containsOnlyKeys(ada + ":" + opened.id());
        assertThat(opened.customer()).isEqualTo(ada);
        assertThat(opened.touchpoint()).isEqualTo("pay");
        assertThat(opened.openedAt()).isEqualTo(now);
        later(Duration.ofDays(6));
        happens(key("bert"), "search");
        drivers.restart(drivers.partition(ada));
        later(Duration.ofMinutes(1));
        happens(ada, "search");
        assertThat(cases()).extracting(RecoveryCase::status).containsExactly(RecoveryCase.Status.RESOLVED);
        erase(ada);
        assertThat(drivers.cases).isEmpty();
    }

    @Test
    void erasedCustomerAndGuestLeaveTheSmallGroupsOfAllScopes() {
        CustomerKey ada = key("ada");
        CustomerKey bert = key("bert");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "pay");
        identify(guest, ada);
        for (String touchpoint : List.of("search", "basket", "pay")) {
            happens(ada, touchpoint);
            happens(bert, touchpoint);
        }
        assertThat(sum("t:web:pay").cell().group().members())
                .containsExactlyInAnyOrder(guest.hash(), ada.hash(), bert.hash());
        erase(ada);
        for (String scope : List.of("t:web:search", "t:web:basket", "t:web:pay")) {
            assertThat(sum(scope).cell().group().members()).as(scope).containsExactly(bert.hash());
        }
        assertThat(sum("j:purchase").journey().group().members()).containsExactly(bert.hash());
        assertThat(sum("t:web:pay").cell().windows().count())
                .as("what was counted stays")
                .isEqualTo(3);
        drivers.second();
        assertThat(drivers.dead).isEmpty();
    }

    @Test
    void restartedPartitionSendsAllItsCases() {
        CustomerKey ada = key("ada");
        happens(ada, TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        drivers.cases.clear(); // as if a version without them had written the state
        drivers.restart(drivers.partition(ada));
        drivers.second();
        assertThat(cases()).extracting(RecoveryCase::customer).containsExactly(ada);
    }

    @Test
    void caseOfAGuestGoesWithTheGuest() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        String id = cases().get(0).id();
        identify(guest, ada);
        assertThat(drivers.cases).containsOnlyKeys(ada + ":" + id);
        assertThat(cases()).extracting(RecoveryCase::customer).containsExactly(ada);
    }

    @Test
    void requestsChangeACaseOnceAndFollowAnIdentifiedGuest() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        RecoveryCase opened = cases().get(0);
        identify(guest, ada);
        double before = experience(ada).experience().value();
        request(Request.to(Action.ACKNOWLEDGE, opened, Optional.empty()));
        assertThat(cases()).extracting(RecoveryCase::status).containsExactly(RecoveryCase.Status.ACKNOWLEDGED);
        later(Duration.ofMinutes(5));
        Request resolve = Request.to(Action.RESOLVE, opened, Optional.of(RecoveryCase.Resolution.FULL));
        request(resolve);
        double after = experience(ada).experience().value();
        assertThat(after).isGreaterThan(before);
        request(resolve);
        assertThat(experience(ada).experience().value()).isEqualTo(after);
        assertThat(cases()).extracting(RecoveryCase::status).containsExactly(RecoveryCase.Status.RESOLVED);
        assertThat(drivers.dead).isEmpty();
    }

    @Test
    void caseIsOpenedOnRequestUnlessTheCustomerWasErasedSince() {
        CustomerKey ada = key("ada");
        happens(ada, "search");
        request(Request.toOpen(ada, "1f-2", "search", "called us"));
        assertThat(cases()).extracting(RecoveryCase::reason).containsExactly("called us");
        Request late = Request.toOpen(ada, "1f-3", "search", "called us again");
        erase(ada);
        request(late);
        assertThat(cases()).isEmpty();
    }

    private void request(Request request) {
        drivers.send(new TopicRecord.Requested(request, now), now);
    }

    @Test
    void topologyIsTheOneThatWasReleased() throws IOException {
        String description = ScoringTopology.of(
                        new ScoringSettings(
                                ScoringTopics.of("touchstone"),
                                KEY,
                                ScoringTopologyTest::builder,
                                ScoringSettings.IDS_REMEMBERED),
                        new DeadLetters())
                .describe()
                .toString();
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, description);
        }
        assertThat(description)
                .as("names of nodes, stores and topics: to change one is to lose what is in it")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void sumsArePartitionedByTheScopeAndNotByTheCustomer() {
        assertThat(ScoringTopology.of(
                                new ScoringSettings(
                                        ScoringTopics.of("touchstone"),
                                        KEY,
                                        ScoringTopologyTest::builder,
                                        ScoringSettings.IDS_REMEMBERED),
                                new DeadLetters())
                        .describe()
                        .subtopologies())
                .hasSize(2);
    }

    @Test
    void poisonAmongSumsIsADeadLetterToo() {
        drivers.add("t:web:search", new byte[] {1, 77});
        drivers.add("t:web:search", new byte[] {9});
        happens(key("ada"), "search");
        assertThat(drivers.dead).hasSize(2);
        assertThat(sum("t:web:search").cell().windows().count()).isEqualTo(1);
    }

    @Test
    void processingIsExactlyOnce() {
        assertThat(ScoringTopology.properties("any"))
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void eventsOfOneCustomerAreOneScore() {
        happens(key("ada"), "search");
        later(Duration.ofSeconds(5));
        happens(key("ada"), TouchpointEvent.builder("pay").outcome(Outcome.FAILURE));
        assertThat(experience(key("ada")).count()).isEqualTo(2);
        assertThat(drivers.scores).hasSize(1);
        assertThat(drivers.signals)
                .singleElement()
                .asString()
                .contains("AT_RISK")
                .contains(key("ada").toString());
    }

    @Test
    void partitionsAddUpAtTheTouchpoint() {
        for (int i = 0; i < 20; i++) {
            happens(key("customer-" + i), "search");
        }
        happens(null, "search");
        assertThat(sum("t:web:search").cell().windows().count()).isEqualTo(21);
        assertThat(sum("t:web:search").cell().newcomers()).isEqualTo(20);
        assertThat(sum("t:web:search").cell().group().full()).isTrue();
    }

    @Test
    void secondDeliveryIsADuplicateAlsoAfterARestart() {
        happens(key("ada"), TouchpointEvent.builder("search").id("e-1"));
        drivers.restart(drivers.partition(key("ada")));
        later(Duration.ofHours(20));
        happens(key("ada"), TouchpointEvent.builder("search").id("e-1"));
        happens(key("ada"), TouchpointEvent.builder("search").id("e-2"));
        assertThat(experience(key("ada")).count()).isEqualTo(2);
    }

    @Test
    void idIsForgottenInTheEnd() {
        happens(key("ada"), TouchpointEvent.builder("search").id("e-1"));
        later(Duration.ofHours(49));
        happens(key("ada"), TouchpointEvent.builder("search").id("e-1"));
        assertThat(experience(key("ada")).count()).isEqualTo(2);
    }

    @Test
    void restartGoesOnFromTheStores() {
        happens(key("ada"), "search");
        happens(key("ada"), "basket");
        drivers.restart(drivers.partition(key("ada")));
        later(Duration.ofMinutes(5));
        happens(key("ada"), "pay");
        assertThat(experience(key("ada")).count()).isEqualTo(3);
        ScopeSums.Sum purchase = sum("j:purchase");
        assertThat(purchase.opened()).isEqualTo(1);
        assertThat(purchase.journey().completedSteps()).isEqualTo(Map.of(2, 1L));
        assertThat(sum("t:web:search").cell().windows().count()).isEqualTo(1);
    }

    @Test
    void journeyTimesOutByTheTimeOfOtherRecords() {
        CustomerKey ada = key("ada");
        happens(ada, "basket");
        later(Duration.ofMinutes(32));
        drivers.send(
                drivers.partition(ada),
                new TestRecord<>(null, "{}".getBytes(UTF_8), new RecordHeaders(), now)); // refused, and yet it is time
        assertThat(experience(ada).openJourneys()).isEmpty();
        assertThat(sum("j:purchase").journey().abandonedSteps()).isEqualTo(Map.of(1, 1L));
    }

    @Test
    void journeyTimesOutByTheClockWhileNoRecordComes() {
        CustomerKey ada = key("ada");
        happens(ada, "basket");
        drivers.restart(drivers.partition(ada));
        drivers.idle(drivers.partition(ada), Duration.ofMinutes(29));
        assertThat(drivers.scopes.get("j:purchase")).isNotNull();
        assertThat(sum("j:purchase").journey().abandonedSteps()).isEmpty();
        drivers.idle(drivers.partition(ada), Duration.ofMinutes(4));
        assertThat(sum("j:purchase").journey().abandonedSteps()).isEqualTo(Map.of(1, 1L));
    }

    @Test
    void guestMovesToThePartitionOfTheCustomer() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "search");
        happens(guest, "basket");
        happens(ada, "search");
        later(Duration.ofMinutes(1));
        identify(guest, ada);
        assertThat(experience(ada).count()).isEqualTo(3);
        assertThat(experience(ada).openJourneys()).hasSize(1);
        assertThat(drivers.scores).containsOnlyKeys(ada);
        assertThat(drivers.tombstones).containsOnlyOnce(guest);
        later(Duration.ofMinutes(1));
        happens(ada, "pay");
        ScopeSums.Sum purchase = sum("j:purchase");
        assertThat(purchase.opened()).isEqualTo(1);
        assertThat(purchase.journey().completedSteps()).isEqualTo(Map.of(2, 1L));
        assertThat(purchase.journey().unknown()).isZero();
        assertThat(sum("t:web:search").cell().newcomers())
                .as("the guest was there and the customer was, before anybody knew")
                .isEqualTo(2);
    }

    @Test
    void forgottenGuestIsAPersonOfTheirOwn() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "search");
        identify(guest, ada);
        drivers.send(new TopicRecord.Forgotten(guest, now), now);
        later(Duration.ofMinutes(1));
        happens(guest, "search");
        drivers.restart(drivers.partition(guest));
        happens(guest, "search");
        assertThat(experience(ada).count()).isEqualTo(1);
        assertThat(experience(guest).count()).isEqualTo(2);
    }

    @Test
    void partitionReportsHowFarItIs() {
        CustomerKey ada = key("ada");
        int partition = drivers.partition(ada);
        String scored = ScopeKey.scored(0); // in each driver the task has the number 0
        happens(ada, "search");
        Instant wall = drivers.now(partition);
        drivers.second();
        assertThat(progress(partition, scored).upToMs())
                .as("while it reads, as far as its records are")
                .isEqualTo(Math.min(now.toEpochMilli(), wall.plusSeconds(1).toEpochMilli()));
        assertThat(progress(partition, scored).sinceMs()).isEqualTo(START.toEpochMilli());
        assertThat(progress(partition, ScopeKey.added(0)).upToMs()).isPositive();
        drivers.second();
        assertThat(progress(partition, scored).upToMs())
                .as("when nothing came, it has read everything")
                .isEqualTo(wall.plusSeconds(2).toEpochMilli());
    }

    private Progress progress(int partition, String key) {
        return Progress.read(drivers.reports.get(partition).get(key));
    }

    @Test
    void lateEventsOfAGuestFollowTheAliasUntilItIsOver() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, TouchpointEvent.builder("search").id("before"));
        identify(guest, ada);
        drivers.restart(drivers.partition(guest));
        later(Duration.ofMinutes(29));
        happens(guest, TouchpointEvent.builder("search").id("after"));
        happens(guest, TouchpointEvent.builder("search").id("after"));
        happens(guest, TouchpointEvent.builder("search").id("before"));
        assertThat(experience(ada).count()).isEqualTo(2);
        later(Duration.ofMinutes(2));
        happens(guest, "search");
        assertThat(experience(ada).count()).isEqualTo(2);
        assertThat(experience(guest).count()).isEqualTo(1);
    }

    @Test
    void eventsBetweenTheTwoStepsAreNeitherLostNorDoubled() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "search");
        drivers.holdsMoves = true;
        later(Duration.ofSeconds(1));
        identify(guest, ada);
        happens(guest, "search");
        happens(ada, "search");
        drivers.restart(drivers.partition(guest));
        drivers.restart(drivers.partition(ada));
        assertThat(experience(ada).count()).isEqualTo(1);
        drivers.release();
        assertThat(experience(ada).count()).isEqualTo(3);
        assertThat(drivers.scores).containsOnlyKeys(ada);
    }

    @Test
    void erasureReachesTheGuestsInOtherPartitions() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "search");
        identify(guest, ada);
        later(Duration.ofHours(1));
        happens(guest, "search"); // another person, as far as anybody knows; but the same browser
        later(Duration.ofHours(1));
        erase(ada);
        assertThat(drivers.scores).isEmpty();
        assertThat(drivers.tombstones).contains(ada, guest);
        drivers.restart(drivers.partition(ada));
        drivers.restart(drivers.partition(guest));
        TouchpointEvent old =
                TouchpointEvent.builder("search").time(now.minusSeconds(60)).build();
        drivers.send(new TopicRecord.Happened(ada, old), now);
        drivers.send(new TopicRecord.Happened(guest, old), now);
        assertThat(drivers.scores).isEmpty();
        later(Duration.ofSeconds(1));
        happens(ada, "search");
        assertThat(experience(ada).count()).isEqualTo(1);
    }

    @Test
    void erasureSparesAGuestWhoIsAnotherCustomerNow() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        CustomerKey bob = key("bob");
        happens(guest, "search");
        identify(guest, ada);
        later(Duration.ofHours(1));
        identify(guest, bob);
        later(Duration.ofHours(1));
        happens(guest, "search");
        happens(bob, "search");
        later(Duration.ofSeconds(1));
        erase(ada);
        assertThat(experience(guest).count())
                .as("a person of their own since the alias is over")
                .isEqualTo(1);
        assertThat(experience(bob).count()).isEqualTo(1);
        TouchpointEvent old =
                TouchpointEvent.builder("search").time(START.plusSeconds(1)).build();
        drivers.send(new TopicRecord.Happened(guest, old), now);
        assertThat(experience(guest).count())
                .as("what happened while the guest was ada")
                .isEqualTo(1);
    }

    @Test
    void erasureOfAGuestReachesTheCustomer() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(ada, "search");
        identify(guest, ada);
        later(Duration.ofMinutes(1));
        erase(guest);
        assertThat(drivers.scores).isEmpty();
    }

    @Test
    void whatArrivesAfterTheErasureStaysErased() {
        CustomerKey ada = key("ada");
        CustomerKey guest = guestAwayFrom(ada);
        happens(guest, "basket");
        happens(ada, "search");
        drivers.holdsMoves = true;
        later(Duration.ofSeconds(1));
        identify(guest, ada);
        later(Duration.ofSeconds(1));
        erase(ada);
        drivers.release();
        assertThat(drivers.scores).isEmpty();
        assertThat(sum("j:purchase").journey().unknown()).isEqualTo(1);
        drivers.send(
                new TopicRecord.Happened(
                        guest,
                        TouchpointEvent.builder("search")
                                .time(now.minusSeconds(1))
                                .build()),
                now);
        assertThat(drivers.scores).isEmpty();
    }

    @Test
    void erasureOfSomebodyUnknownIsATombstoneToo() {
        erase(key("unknown"));
        assertThat(drivers.tombstones).containsExactly(key("unknown"));
    }

    @Test
    void twoGuestsWhoAreTakenForEachOtherDoNotGoRoundForEver() {
        CustomerKey one = CustomerKey.parse(CustomerId.anonymous("one").key(KEY).toString());
        CustomerKey other = guestAwayFrom(one);
        happens(one, "search");
        happens(other, "search");
        drivers.holdsMoves = true;
        identify(one, other);
        identify(other, one);
        drivers.release();
        assertThat(experience(one).count() + experience(other).count()).isEqualTo(2);
        assertThat(drivers.moves).hasSizeLessThan(40);
    }

    @Test
    void poisonGoesToTheDeadLettersAndTheNextRecordIsScored() {
        byte[] ada = key("ada").toString().getBytes(US_ASCII);
        byte[] event = "{\"touchpoint\":\"search\",\"time\":\"2026-03-01T10:00:00Z\"}".getBytes(UTF_8);
        int partition = drivers.partition(key("ada"));
        drivers.send(partition, raw(ada, "no json at all".getBytes(UTF_8), KEY.id()));
        drivers.send(partition, raw("ada@example.org".getBytes(UTF_8), event, KEY.id()));
        drivers.send(partition, raw(ada, event, "another"));
        drivers.send(partition, raw(ada, new byte[2 << 20], KEY.id()));
        drivers.send(partition, raw(ada, null, KEY.id()));
        drivers.send(partition, raw(null, null, KEY.id()));
        drivers.send(partition, raw(ada, event, KEY.id()));
        assertThat(drivers.dead)
                .extracting(record -> new String(
                        record.headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
                .containsExactly("bad_record", "bad_key", "foreign_key", "too_large", "bad_record", "bad_record");
        assertThat(drivers.dead.get(3).value()).as("2 MB").isNull();
        assertThat(drivers.dead.get(0).value()).isEqualTo("no json at all".getBytes(UTF_8));
        assertThat(drivers.deadLetters.counts().get(Reason.BAD_RECORD.code())).isEqualTo(3);
        assertThat(experience(key("ada")).count()).isEqualTo(1);
    }

    @Test
    void topicsWithCustomersMustBeCompactedInTime() {
        ScoringTopics topics = ScoringTopics.of("touchstone");
        Map<String, Map<String, String>> found = new TreeMap<>(topics.settings());
        Map<String, Integer> partitions = new TreeMap<>(Map.of("touchstone-events", 12, "touchstone-moves", 12));
        assertThat(topics.problems(found, partitions)).isEmpty();
        found.put("touchstone-scores", Map.of("cleanup.policy", "compact"));
        assertThat(topics.problems(found, partitions))
                .singleElement()
                .asString()
                .startsWith("topic touchstone-scores has max.compaction.lag.ms=" + Long.MAX_VALUE);
        found.put("touchstone-scores", Map.of("cleanup.policy", "delete", "max.compaction.lag.ms", "1000"));
        found.remove("touchstone-signals");
        partitions.put("touchstone-moves", 6);
        assertThat(topics.problems(found, partitions))
                .isEqualTo(List.of(
                        "topic touchstone-scores has cleanup.policy=delete; it has to be compact",
                        "topic touchstone-signals does not exist; create it with {cleanup.policy=delete}",
                        "topic touchstone-moves has 6 partitions and touchstone-events has 12; both need the same"
                                + " number; create touchstone-moves anew"));
    }

    @Test
    void noRawIdLeaves() {
        happens(
                key("ada-canary"),
                TouchpointEvent.builder("pay").outcome(Outcome.FAILURE).id("canary-event"));
        drivers.second();
        assertThat(drivers.signals).noneMatch(text -> text.contains("canary"));
        assertThat(drivers.scores.values()).noneMatch(bytes -> new String(bytes, UTF_8).contains("canary"));
    }
}
