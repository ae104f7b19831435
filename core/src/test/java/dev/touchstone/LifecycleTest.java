package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {

    private static List<Thread> threadsOf(String instance) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("touchstone-" + instance))
                .toList();
    }

    private static TouchpointEvent event() {
        return TouchpointEvent.builder("search").customer(CustomerId.of("ada")).build();
    }

    static Stream<Arguments> uses() {
        CustomerId ada = CustomerId.of("ada");
        CustomerId guest = CustomerId.anonymous("session");
        return Stream.of(
                use(
                        "event without a customer",
                        t -> t.record(TouchpointEvent.builder("search").build())),
                use("event that is dropped", t -> t.record(null)),
                use("event of a customer", t -> t.record(event())),
                use("interaction", t -> t.begin("search").close()),
                use("mention", t -> t.mention(null)),
                use("rejection", t -> t.reject(DropReason.BAD_EVENT)),
                use("customer", t -> t.customer(ada)),
                use("identify", t -> t.identify(guest, ada)),
                use("forget", t -> t.forget(guest)),
                use("erase", t -> t.erase(ada)),
                use("export", t -> t.export(ada)),
                use("snapshot", Touchstone::snapshot),
                use("scoreboard", Touchstone::scoreboard),
                use("health", Touchstone::health),
                use("pause", Touchstone::pause),
                use("resume", Touchstone::resume),
                use("reload", t -> t.reload(t.catalog())));
    }

    private static Arguments use(String name, Consumer<Touchstone> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void oneDaemonThreadRunsFromTheFirstUseOfAnyKindUntilTheInstanceIsClosed(String name, Consumer<Touchstone> use) {
        Touchstone touchstone = Touchstone.builder().name("lifecycle").build();
        assertThat(threadsOf("lifecycle")).isEmpty();
        use.accept(touchstone);
        assertThat(threadsOf("lifecycle")).hasSize(1);
        use.accept(touchstone);
        touchstone.record(event());
        assertThat(threadsOf("lifecycle"))
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        touchstone.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> threadsOf("lifecycle").isEmpty());
        touchstone.record(event());
        touchstone.health();
        assertThat(threadsOf("lifecycle")).isEmpty();
    }

    @Test
    void anInstanceClosedBeforeItsFirstUseNeverStartsAThread() {
        Touchstone touchstone = Touchstone.builder().name("never").build();
        touchstone.close();
        touchstone.record(event());
        touchstone.health();
        assertThat(threadsOf("never")).isEmpty();
    }

    @Test
    void anInstanceThatIsForgottenIsNotHeldByItsThread() {
        Touchstone touchstone = Touchstone.builder().name("forgotten").build();
        touchstone.record(event());
        WeakReference<Touchstone> reference = new WeakReference<>(touchstone);
        touchstone = null;
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return reference.get() == null;
        });
        threadsOf("forgotten").forEach(Thread::interrupt);
    }

    @Test
    void whatItsThreadDoesClosesJourneysUnderTheSystemsClock() throws InterruptedException {
        Engine engine = (Engine) Touchstone.builder()
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.timeout(Duration.ofMillis(1))))
                .build();
        try (engine) {
            engine.record(TouchpointEvent.builder("basket")
                    .customer(CustomerId.of("ada"))
                    .build());
            Thread.sleep(5);
            assertThat(engine.scoreboard().journeys().get(0).open())
                    .as("reading does not sweep where a thread does")
                    .isEqualTo(1);
            assertThat(engine.customer(CustomerId.of("ada")).openJourneys()).isEmpty();
            engine.sweep();
            assertThat(engine.scoreboard().journeys().get(0).abandoned()).isEqualTo(1);
        }
    }

    @Test
    void twoInstancesShareNothing() {
        try (Touchstone one = Touchstone.create();
                Touchstone other = Touchstone.create()) {
            one.record(event());
            assertThat(other.health().offered()).isZero();
            assertThat(other.customer(CustomerId.of("ada")).count()).isZero();
            assertThat(one.key(CustomerId.of("ada"))).isNotEqualTo(other.key(CustomerId.of("ada")));
        }
    }

    @Test
    void aBuilderSaysAtOnceWhatIsWrong() {
        TouchstoneBuilder builder = Touchstone.builder();
        assertThatThrownBy(() -> builder.name("two words")).hasMessageContaining("two words");
        assertThatThrownBy(() -> builder.maximumCustomers(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> builder.maximumSeries(0)).hasMessageContaining("0 is not");
        assertThatThrownBy(() -> builder.maximumSeries(100_001)).hasMessageContaining("100001");
        assertThatThrownBy(() -> builder.retention(Duration.ZERO)).hasMessageContaining("400 days");
        assertThatThrownBy(() -> builder.retention(Duration.ofDays(401))).hasMessageContaining("PT9624H");
    }
}
