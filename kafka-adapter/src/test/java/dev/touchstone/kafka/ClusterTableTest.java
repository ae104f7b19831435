package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.customers.internal.Cluster.Found;
import dev.touchstone.customers.internal.Cluster.Reach;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance has read of a cluster: a customer who is missing here is not taken for one who is unknown to all. */
class ClusterTableTest {

    private static final long AWAY_MS = 15_000;
    private static final long NOW = 1_000_000;
    private static final byte[] BYTES = {1, 2, 3};

    private final ClusterTable table = new ClusterTable(3, 100, AWAY_MS);

    private static CustomerKey customer(int number) {
        return new CustomerKey(number, ~number);
    }

    private void scored(int partition, long wallMs, long upToMs) {
        table.sum(ScopeKey.scored(partition), new Progress(upToMs, 7).toBytes(), wallMs);
    }

    private void added(int partition, long wallMs, long upToMs) {
        table.sum(ScopeKey.added(partition), new Progress(upToMs, wallMs).toBytes(), wallMs);
    }

    private void allAlive() {
        for (int i = 0; i < 3; i++) {
            scored(i, NOW, NOW);
            added(i, NOW, NOW);
            table.loaded(i);
        }
    }

    private Found find(CustomerKey customer) {
        return table.find(customer, null, NOW);
    }

    @Test
    void customerIsFoundOnceThePartitionHasReported() {
        table.score(customer(1), BYTES);
        assertThat(find(customer(1)).reach()).isEqualTo(new Reach(0, 1, 0));
        assertThat(find(customer(1)).bytes()).isNull();
        scored(table.partition(customer(1)), NOW - 2_000, NOW - 3_000);
        assertThat(find(customer(1)).bytes()).isEqualTo(BYTES);
        assertThat(find(customer(1)).reach()).isEqualTo(new Reach(1, 1, 3_000));
    }

    @Test
    void unknownCustomerIsUnknownOnlyWhenTheTopicHasBeenRead() {
        int partition = table.partition(customer(1));
        scored(partition, NOW, NOW);
        assertThat(find(customer(1)).reach().answered()).isZero();
        table.loaded(partition);
        assertThat(find(customer(1))).isEqualTo(new Found(null, new Reach(1, 1, 0)));
    }

    @Test
    void customerWhoIsGoneIsUnknown() {
        allAlive();
        table.score(customer(1), BYTES);
        table.score(customer(1), null);
        assertThat(find(customer(1))).isEqualTo(new Found(null, new Reach(1, 1, 0)));
    }

    @Test
    void evictedCustomerIsNotTakenForUnknown() {
        allAlive();
        for (int i = 0; i < 1_000; i++) {
            table.score(customer(i), BYTES);
        }
        table.settle();
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            Found one = find(customer(i));
            assertThat(one.reach().answered()).as("customer " + i).isEqualTo(one.bytes() == null ? 0 : 1);
            found += one.reach().answered();
        }
        assertThat(found).isBetween(1, 100);
    }

    @Test
    void ownStoreOutweighsTheTable() {
        allAlive();
        table.score(customer(1), BYTES);
        byte[] own = {9};
        assertThat(table.find(customer(1), new ClusterTable.Own(own), NOW).bytes())
                .isEqualTo(own);
        assertThat(table.find(customer(1), new ClusterTable.Own(null), NOW))
                .isEqualTo(new Found(null, new Reach(1, 1, 0)));
    }

    @Test
    void silentPartitionDoesNotAnswerAndTheAgeGrows() {
        allAlive();
        scored(1, NOW - AWAY_MS - 1, NOW - 20_000);
        assertThat(table.reach(NOW)).isEqualTo(new Reach(2, 3, 20_000));
        assertThat(table.reach(NOW + 5_000)).isEqualTo(new Reach(2, 3, 25_000));
        assertThat(table.reach(NOW + AWAY_MS + 1).answered()).isZero();
    }

    @Test
    void casesAreWholeOnceAllPartitionsHaveBeenRead() {
        table.file("a:1", BYTES);
        for (int i = 0; i < 3; i++) {
            scored(i, NOW, NOW - 1_000L * i);
        }
        table.loaded(0);
        table.loaded(1);
        assertThat(table.cases(NOW).files()).containsExactly(BYTES);
        assertThat(table.cases(NOW).reach()).isEqualTo(new Reach(2, 3, 2_000));
        table.loaded(2);
        assertThat(table.cases(NOW).reach()).isEqualTo(new Reach(3, 3, 2_000));
        scored(1, NOW - AWAY_MS - 1, NOW);
        assertThat(table.cases(NOW).reach().answered()).isEqualTo(2);
        assertThat(table.cases(NOW).files())
                .as("nothing is read anew")
                .isSameAs(table.cases(NOW).files());
        table.file("a:1", null);
        assertThat(table.cases(NOW).files()).isEmpty();
    }

    @Test
    void caseIsInThePartitionOfItsCustomer() {
        for (int i = 0; i < 100; i++) {
            byte[] key = CaseKey.of(new Partition.Case(customer(i), "1f-2", BYTES));
            assertThat(CaseKey.partition(key, 3)).isEqualTo(table.partition(customer(i)));
            assertThat(CaseKey.customer(new String(key, UTF_8))).isEqualTo(customer(i));
            assertThat(RecordFormat.customer(new String(key, UTF_8)))
                    .as("is nothing for a version that knows no cases")
                    .isNull();
        }
        assertThat(CaseKey.customer(customer(1).toString())).isNull();
    }

    @Test
    void sumsThatAreNotAddedDoNotAnswer() {
        allAlive();
        added(2, NOW - AWAY_MS - 1, NOW);
        assertThat(table.reach(NOW)).isEqualTo(new Reach(2, 3, 0));
    }

    @Test
    void partitionThatCatchesUpAnswersAndSaysHowOldItIs() {
        allAlive();
        scored(0, NOW, NOW - 3_600_000);
        assertThat(table.reach(NOW)).isEqualTo(new Reach(3, 3, 3_600_000));
    }

    @Test
    void sumsAreThoseOfTouchpointsAndJourneys() {
        allAlive();
        table.sum("t:web:pay", BYTES, NOW);
        table.sum("j:buy", BYTES, NOW);
        table.sum("x:later", BYTES, NOW);
        table.sum(ScopeKey.learner(2), BYTES, NOW);
        assertThat(table.counted(NOW).sinceMs()).isEqualTo(7);
        assertThat(table.counted(NOW).scopes())
                .extracting(scope -> List.of(scope.journey(), scope.name(), scope.channel()))
                .containsExactlyInAnyOrder(List.of(false, "pay", "web"), List.of(true, "buy", ""));
        assertThat(table.learners()).containsExactly(BYTES);
        assertThat(table.learners()).isSameAs(table.learners());
        List<Partition.Scope> same = table.counted(NOW).scopes();
        scored(1, NOW, NOW);
        assertThat(table.counted(NOW).scopes()).as("nothing is added anew").isSameAs(same);
        table.sum("j:buy", null, NOW);
        assertThat(table.counted(NOW).scopes()).hasSize(1);
    }
}
