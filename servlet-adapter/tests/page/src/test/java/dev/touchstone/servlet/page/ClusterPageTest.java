package dev.touchstone.servlet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.internal.ByteStore;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.PartitionStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an instance that answers for a cluster: its header says what is in it, and it shows nothing of one instance as all. */
class ClusterPageTest extends Browsed {

    private static final PseudonymKey KEY =
            PseudonymKey.of("the key that all pods have in common, long enough".getBytes(StandardCharsets.UTF_8));

    private static TouchstoneBuilder builder() {
        return Touchstone.builder()
                .pseudonymKey(KEY)
                .showSmallGroups()
                .care()
                .catalog(catalog ->
                        catalog.touchpoint("pay", t -> t.importance(3).owner("payments")));
    }

    /** What another instance recorded, in the engine of its partition. */
    private static final class Others implements Cluster {

        private final List<Partition.Scope> scopes;
        private final List<byte[]> files;
        private volatile Reach reach = new Cluster.Reach(3, 3, 2_000);

        Others() {
            PartitionStore store = new PartitionStore(new Bytes());
            try (Touchstone partition = builder().store(store).build()) {
                for (int i = 0; i < 20; i++) {
                    partition.record(TouchpointEvent.builder("pay")
                            .customer(CustomerId.of("customer-" + i))
                            .outcome(i % 2 == 0 ? Outcome.SUCCESS : Outcome.FAILURE)
                            .build());
                }
                Partition.Changes changes = store.partition().flush();
                this.scopes = changes.scopes();
                this.files = changes.cases().stream().map(Partition.Case::bytes).toList();
            }
        }

        @Override
        public Found find(CustomerKey customer) {
            return new Found(null, new Cluster.Reach(Math.min(1, reach.answered()), 1, reach.ageMs()));
        }

        @Override
        public Counted counted() {
            return new Counted(0, scopes, reach);
        }

        @Override
        public Cases cases() {
            return new Cases(files, reach);
        }

        @Override
        public List<byte[]> learners() {
            return List.of();
        }
    }

    private static final class Bytes implements ByteStore {

        private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

        @Override
        public byte @Nullable [] get(byte[] key) {
            return entries.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            entries.remove(key);
        }

        @Override
        public void visit(byte[] from, byte[] to, Visitor visitor) {
            entries.subMap(from, to).forEach(visitor::visit);
        }

        @Override
        public boolean remember(EventKey id, long nowMs) {
            return true;
        }
    }

    @Test
    void headerSaysWhatIsInThePage(@TempDir Path folder) {
        Others others = new Others();
        try (Touchstone touchstone = builder().customerListener(others).build();
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .outcome(Outcome.FAILURE)
                    .build());
            Page page =
                    look(site.address(), new Browser.NewContextOptions(), opened -> opened.addInitScript(IMPATIENT));
            Locator coverage = page.locator("#coverage");
            assertThat(coverage).containsText("All instances together.");
            assertThat(coverage).containsText("Not shown for all together: history");
            assertThat(page.locator("#doing .big").first()).hasText("46.2");
            assertThat(page.locator("#health")).containsText("These are the counts of this instance alone.");
            assertThat(page.locator(".ranges button")).hasCount(0);
            assertThat(page.locator("#help .figure")).hasText("10");
            assertThat(page.locator("#help")).containsText("payments");
            assertThat(page.locator("#cases")).isVisible();

            others.reach = new Cluster.Reach(1, 3, 90_000);
            assertThat(coverage).containsText("Incomplete: 1 of 3 partitions of the customers answer.");
            assertThat(page.locator("#coverage.notice")).isVisible();
            assertThat(page.locator("#doing .big").first()).hasText("46.2");

            others.reach = new Cluster.Reach(0, 3, 90_000);
            assertThat(coverage)
                    .hasText("The other instances do not answer: everything here is of this instance alone.");
            assertThat(page.locator("#doing .big").first()).not().hasText("46.2");
            assertThat(page.locator(".ranges button").first()).isVisible();

            page.locator("#who").fill("ada");
            page.locator("#customer button").click();
            assertThat(page.locator("#customer .content")).containsText("this is what this instance alone knows");
        }
    }

    @Test
    void instanceWithoutAClusterSaysNothingOfOne(@TempDir Path folder) {
        try (Touchstone touchstone = Shop.visited(builder -> builder, "ada");
                PageSite site = new PageSite(touchstone, folder, this::leave)) {
            Page page = look(site.address(), new Browser.NewContextOptions());
            assertThat(page.locator("#coverage").textContent()).isEmpty();
        }
    }
}
