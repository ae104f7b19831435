package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Score;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.StoreKeys;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that is a member of a cluster answers as one does that received all events, and says how much is in an answer. */
class ClusterTest {

    private static final PseudonymKey KEY =
            PseudonymKey.of("the key that all pods have in common, long enough".getBytes(StandardCharsets.UTF_8));
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final OnePartition cluster = new OnePartition();
    private final Touchstone alone = builder(clock).build();
    private final Touchstone member = builder(clock)
            .customerListener(cluster)
            .customerListener(cluster::publish)
            .build();

    private static TouchstoneBuilder builder(InstantSource clock) {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(KEY)
                .prediction()
                .care()
                .showSmallGroups()
                .catalog(c -> c.journey(
                                "purchase",
                                j -> j.timeout(Duration.ofMinutes(30)).ends("pay"))
                        .touchpoint("search", t -> t.target(Duration.ofMillis(200)))
                        .touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint(
                                "pay", t -> t.journey("purchase").importance(3).owner("payments")));
    }

    @AfterEach
    void close() {
        alone.close();
        member.close();
        cluster.engine.close();
    }

    /** The engine of the only partition, with what an adapter passes on. */
    private final class OnePartition implements Cluster {

        private final MemoryBytes bytes = new MemoryBytes();
        private final PartitionStore store = new PartitionStore(bytes);
        private final Touchstone engine = builder(clock).store(store).build();
        private final ScopeSums sums = new ScopeSums(engine.catalog().model());
        private final Map<String, Partition.Scope> scopes = new TreeMap<>();
        private final Map<String, byte[]> files = new TreeMap<>();
        private boolean isAway;
        private byte firstByte;

        void flush() {
            Partition.Changes changes = store.partition().flush();
            for (Partition.Case file : changes.cases()) {
                files.put(file.id(), file.bytes());
                files.values().removeIf(Objects::isNull);
            }
            for (Partition.Scope more : changes.scopes()) {
                scopes.merge(
                        more.journey() + more.name() + more.channel(),
                        more,
                        (all, next) -> new Partition.Scope(
                                all.journey(), all.name(), all.channel(), sums.add(all.sum(), next.sum())));
            }
        }

        private Reach reach() {
            return new Reach(isAway ? 0 : 1, 1, 1_500);
        }

        @Override
        public Found find(CustomerKey customer) {
            byte[] found = isAway ? null : bytes.get(StoreKeys.CUSTOMERS.of(customer));
            if (found != null && firstByte != 0) {
                found = found.clone();
                found[0] = firstByte;
            }
            return new Found(found, reach());
        }

        @Override
        public Counted counted() {
            return new Counted(store.partition().sinceMs(), List.copyOf(scopes.values()), reach());
        }

        @Override
        public Cases cases() {
            return new Cases(List.copyOf(files.values()), reach());
        }

        @Override
        public List<byte[]> learners() {
            byte[] learned = bytes.get(StoreKeys.LEARNER.first());
            return learned == null ? List.of() : List.of(learned);
        }

        /** Does what a publisher and a topic do. */
        void publish(CustomerChange change) {
            if (change instanceof CustomerChange.CaseRequested requested) {
                store.partition().change(requested.request(), requested.time().toEpochMilli());
            }
        }
    }

    private TouchpointEvent.Builder at(String touchpoint, CustomerId customer) {
        return TouchpointEvent.builder(touchpoint).customer(customer).time(clock.instant());
    }

    /** Something happens that another member of the cluster records. */
    private void happens(TouchpointEvent.Builder event) {
        alone.record(event.build());
        cluster.engine.record(event.build());
        cluster.flush();
        clock.advance(Duration.ofSeconds(1));
    }

    private void aDay() {
        for (int i = 0; i < 40; i++) {
            CustomerId customer = i % 4 == 0 ? ADA : CustomerId.of("customer-" + i % 5);
            happens(at("search", customer).duration(Duration.ofMillis(100 + 10 * i)));
            happens(at("basket", customer).outcome(i % 7 == 0 ? Outcome.FAILURE : Outcome.SUCCESS));
            if (i % 3 == 0) {
                happens(at("pay", customer));
            }
            if (i % 5 == 0) {
                happens(at("search", customer).feedback(Feedback.csat(1 + i % 5)));
            }
        }
    }

    private static void assertClose(Score actual, Score expected) {
        assertThat(actual.value()).isCloseTo(expected.value(), within(1e-9));
        assertThat(actual.interval().low()).isCloseTo(expected.interval().low(), within(1e-9));
    }

    @Test
    void customerIsTheOneOfTheCluster() {
        aDay();
        member.record(at("search", ADA).outcome(Outcome.FAILURE).build());
        CustomerExperience actual = member.customer(ADA);
        CustomerExperience expected = alone.customer(ADA);
        assertClose(actual.experience(), expected.experience());
        assertClose(actual.effort(), expected.effort());
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.verdicts()).isEqualTo(expected.verdicts());
        assertThat(actual.openJourneys()).hasSameSizeAs(expected.openJourneys());
        assertThat(actual.predicted().orElseThrow().satisfied())
                .isCloseTo(expected.predicted().orElseThrow().satisfied(), within(1e-9));
        assertThat(actual.coverage()).hasToString("Optional[1 of 1 partitions, PT1.5S old]");
        assertThat(expected.coverage()).isEmpty();
        assertThat(ScoreboardJson.compact().write(actual))
                .endsWith("\"coverage\":{\"answered\":1,\"partitions\":1,\"ageMs\":1500}}");
    }

    @Test
    void scoreboardIsTheOneOfTheCluster() {
        aDay();
        member.record(at("search", ADA).outcome(Outcome.FAILURE).build());
        Scoreboard actual = member.scoreboard();
        Scoreboard expected = alone.scoreboard();
        assertThat(actual.overall().count()).isEqualTo(expected.overall().count());
        assertClose(
                actual.overall().now().experience(), expected.overall().now().experience());
        assertThat(actual.since()).isEqualTo(expected.since());
        Scoreboard.JourneyScope journey = actual.journeys().get(0);
        Scoreboard.JourneyScope same = expected.journeys().get(0);
        assertThat(List.of(journey.started(), journey.completed(), journey.abandoned(), journey.open()))
                .isEqualTo(List.of(same.started(), same.completed(), same.abandoned(), same.open()));
        assertThat(journey.recent()).isEqualTo(same.recent()).isPositive();
        assertThat(journey.funnel()).hasToString(same.funnel().toString());
        assertThat(journey.conversions()).hasToString(same.conversions().toString());
        assertThat(actual.coverage().orElseThrow().isWhole()).isTrue();
        assertThat(actual.predicted()).as("no instance has all customers").isEmpty();
        assertThat(member.ownScoreboard().overall().count()).isEqualTo(1);
        assertThat(member.ownScoreboard().coverage()).isEmpty();
    }

    @Test
    void clusterThatIsAwayLeavesWhatTheInstanceKnows() {
        aDay();
        member.record(at("search", ADA).outcome(Outcome.FAILURE).build());
        cluster.isAway = true;
        assertThat(member.customer(ADA).count()).isEqualTo(1);
        assertThat(member.customer(ADA).coverage().orElseThrow().isWhole()).isFalse();
        Scoreboard own = member.scoreboard();
        assertThat(own.overall().count()).isEqualTo(1);
        assertThat(own.coverage()).hasToString("Optional[0 of 1 partitions, PT1.5S old]");
        assertThat(own.withholdingSmallGroups().coverage()).isPresent();
    }

    private void needsHelp(String customer) {
        happens(at("pay", CustomerId.of(customer)).outcome(Outcome.FAILURE));
    }

    private static List<String> facts(List<RecoveryCase> cases) {
        return cases.stream()
                .map(file -> file.customer() + " " + file.touchpoint() + " " + file.status() + " " + file.openedAt()
                        + " " + file.owner() + " " + file.reason())
                .toList();
    }

    @Test
    void casesAreThoseOfTheCluster() {
        needsHelp("ada");
        needsHelp("bert");
        member.record(at("pay", CustomerId.of("own")).outcome(Outcome.FAILURE).build());
        Care.Cases actual = member.care().cases();
        Care.Cases expected = alone.care().cases();
        assertThat(facts(actual.all())).hasSize(2).isEqualTo(facts(expected.all()));
        assertThat(actual.isWhole()).isTrue();
        assertThat(member.scoreboard().care().orElseThrow().cases())
                .isEqualTo(alone.scoreboard().care().orElseThrow().cases());
        cluster.isAway = true;
        assertThat(actual.isWhole()).isFalse();
        assertThat(actual.all())
                .as("its own")
                .extracting(RecoveryCase::customer)
                .containsExactly(member.key(CustomerId.of("own")));
        assertThat(actual.acknowledge(actual.all().get(0).id()).status()).isEqualTo(RecoveryCase.Status.ACKNOWLEDGED);
    }

    @Test
    void caseIsResolvedWhereItsCustomerIsScored() {
        needsHelp("ada");
        Care.Cases cases = member.care().cases();
        String id = cases.all().get(0).id();
        assertThat(cases.acknowledge(id).status()).isEqualTo(RecoveryCase.Status.ACKNOWLEDGED);
        cluster.flush();
        assertThat(cases.find(id).orElseThrow().status()).isEqualTo(RecoveryCase.Status.ACKNOWLEDGED);
        assertThatThrownBy(() -> cases.acknowledge(id)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cases.update("of-nobody")).isInstanceOf(NoSuchElementException.class);
        clock.advance(Duration.ofMinutes(5));
        String same = alone.care().cases().all().get(0).id();
        alone.care().cases().resolve(same, RecoveryCase.Resolution.FULL);
        cases.resolve(id, RecoveryCase.Resolution.FULL);
        cluster.flush();
        assertClose(member.customer(ADA).experience(), alone.customer(ADA).experience());
        assertThat(member.customer(ADA).count()).isEqualTo(alone.customer(ADA).count());
    }

    @Test
    void caseIsOpenedOnceForACustomer() {
        happens(at("pay", ADA));
        Care.Cases cases = member.care().cases();
        RecoveryCase opened = cases.open(ADA, "pay", "called us");
        cluster.flush();
        assertThat(cases.all()).extracting(RecoveryCase::id).containsExactly(opened.id());
        assertThat(cases.open(ADA, "pay", "called us again").id()).isEqualTo(opened.id());
        assertThatThrownBy(() -> cases.open(ADA, "never", "called us")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void caseOfACustomerErasedHereIsGoneAtOnce() {
        needsHelp("ada");
        needsHelp("bert");
        member.erase(ADA);
        assertThat(member.care().cases().all())
                .extracting(RecoveryCase::customer)
                .containsExactly(member.key(CustomerId.of("bert")));
    }

    @Test
    void bytesOfAnotherVersionAreNoAnswer() {
        aDay();
        member.record(at("search", ADA).build());
        cluster.firstByte = 99;
        assertThat(member.customer(ADA).count()).isEqualTo(1);
        assertThat(member.customer(ADA).coverage().orElseThrow().answered()).isZero();
    }

    @Test
    void erasureCountsAtOnce() {
        aDay();
        member.erase(ADA);
        assertThat(member.customer(ADA).count()).isZero();
        assertThat(member.customer(ADA).coverage().orElseThrow().isWhole()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        happens(at("search", ADA));
        assertThat(member.customer(ADA).count())
                .as("comes back, as the cluster has it")
                .isPositive();
    }

    @Test
    void customerOfNoPartitionIsUnknown() {
        aDay();
        CustomerExperience unknown = member.customer(CustomerId.of("never-seen"));
        assertThat(unknown.count()).isZero();
        assertThat(unknown.coverage().orElseThrow().isWhole()).isTrue();
        clock.advance(Duration.ofDays(181));
        assertThat(member.customer(ADA).count()).as("expired").isZero();
    }
}
