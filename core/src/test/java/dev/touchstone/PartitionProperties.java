package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.care.CareSettings;
import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.SoftAssertions;

/** An engine whose customers are in a store of bytes is the ordinary one, however often it begins anew from the bytes. */
class PartitionProperties {

    private static final PseudonymKey KEY = PseudonymKey.of("the key of the partitions, long enough".getBytes(UTF_8));
    private static final List<String> TOUCHPOINTS = List.of("search", "basket", "pay", "support", "sign", "undeclared");
    private static final List<Channel> CHANNELS = List.of(Channel.WEB, Channel.APP, Channel.PHONE);
    private static final int PEOPLE = 4;
    private static final Catalog CATALOG = Catalog.builder()
            .journey("purchase", j -> j.timeout(Duration.ofMinutes(30)).steps(2).ends("pay"))
            .journey("contract", j -> j.timeout(Duration.ofDays(3)).ends("sign"))
            .touchpoint("search", t -> t.target(Duration.ofMillis(200)))
            .touchpoint("basket", t -> t.target(Duration.ofMillis(300)).journey("purchase"))
            .touchpoint(
                    "pay",
                    t -> t.target(Duration.ofMillis(400)).journey("purchase").importance(3))
            .touchpoint("support", t -> t.supportContact(true).journey("contract"))
            .touchpoint("sign", t -> t.journey("contract"))
            .build();

    record Step(
            Kind kind,
            int touchpoint,
            int channel,
            int customer,
            int other,
            Outcome outcome,
            int lateMinutes,
            int number) {

        enum Kind {
            EVENT,
            ANSWER,
            ANONYMOUS,
            IDENTIFY,
            FORGET,
            ERASE,
            ADVANCE,
            SWEEP,
            RESTART
        }
    }

    @Provide
    Arbitrary<Step> step() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(14, Step.Kind.EVENT),
                                Tuple.of(3, Step.Kind.ANSWER),
                                Tuple.of(1, Step.Kind.ANONYMOUS),
                                Tuple.of(2, Step.Kind.IDENTIFY),
                                Tuple.of(1, Step.Kind.FORGET),
                                Tuple.of(1, Step.Kind.ERASE),
                                Tuple.of(4, Step.Kind.ADVANCE),
                                Tuple.of(3, Step.Kind.SWEEP),
                                Tuple.of(3, Step.Kind.RESTART)),
                        Arbitraries.integers().between(0, TOUCHPOINTS.size() - 1),
                        Arbitraries.integers().between(0, CHANNELS.size() - 1),
                        Arbitraries.integers().between(0, 2 * PEOPLE - 1),
                        Arbitraries.integers().between(0, 2 * PEOPLE - 1),
                        Arbitraries.of(Outcome.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(-10, 3000))),
                        Arbitraries.integers().between(0, 40))
                .as(Step::new);
    }

    private static CustomerId id(int customer) {
        return customer < PEOPLE ? CustomerId.anonymous("g" + customer) : CustomerId.of("c" + customer);
    }

    private static CustomerKey key(int customer) {
        return CustomerKey.parse(id(customer).key(KEY).toString()); // as it comes over the wire
    }

    private static TouchstoneBuilder builder(ManualClock clock, List<Signal> signals) {
        return Touchstone.builder()
                .clock(clock)
                .catalog(CATALOG)
                .pseudonymKey(KEY)
                .lifetime()
                .prediction()
                .showSmallGroups()
                .care(CareSettings.usual().assumedLoss(0.3))
                .signalListener(new SignalListener() {
                    @Override
                    public void signaled(Signal signal) {
                        if (signal.customer().isPresent()) {
                            signals.add(signal);
                        }
                    }
                });
    }

    @Property(tries = 400)
    void bytesAreTheSameEngine(@ForAll @Size(min = 1, max = 60) List<@From("step") Step> steps) {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        List<Signal> signals = new ArrayList<>();
        Stored stored = new Stored(clock);
        try (Touchstone ordinary = builder(clock, signals).build()) {
            for (Step step : steps) {
                clock.advance(Duration.ofMillis(1)); // at one instant the order is undefined
                apply(step, ordinary, stored, clock);
            }
            ordinary.scoreboard();
            stored.partition.sweep();
            stored.flush();
            assertSame(ordinary, stored, signals, clock);
        }
    }

    @Example
    void anErasureOfAFormerCustomerLeavesTheGuestsOfTheLaterOne() {
        bytesAreTheSameEngine(List.of(
                identify(0, 2), // a guest of a guest
                event(0),
                identify(2, 6), // and both are a customer's
                advance(Duration.ofMinutes(29)),
                advance(Duration.ofMinutes(29)),
                event(0), // recorded apart: the alias is over
                identify(2, 4),
                advance(Duration.ofDays(31)),
                step(Step.Kind.ERASE, 2, 0, 0),
                step(Step.Kind.RESTART, 0, 0, 0),
                step(Step.Kind.SWEEP, 0, 0, 0),
                step(Step.Kind.RESTART, 0, 0, 0),
                step(Step.Kind.ERASE, 6, 0, 0)));
    }

    @Example
    void anErasedCustomerHasNoGuestsAfterARestart() {
        bytesAreTheSameEngine(List.of(
                identify(2, 4),
                event(2),
                advance(Duration.ofMinutes(29)),
                advance(Duration.ofMinutes(29)),
                advance(Duration.ofMinutes(29)),
                step(Step.Kind.ERASE, 4, 0, 0),
                step(Step.Kind.RESTART, 0, 0, 0),
                event(2), // of a separate person
                step(Step.Kind.ERASE, 4, 0, 0)));
    }

    private static Step identify(int guest, int customer) {
        return step(Step.Kind.IDENTIFY, guest, customer, 0);
    }

    private static Step event(int customer) {
        return step(Step.Kind.EVENT, customer, 0, 1);
    }

    /** By minutes below 30, or by 31 days. */
    private static Step advance(Duration time) {
        return step(Step.Kind.ADVANCE, 0, 0, time.toDays() == 31 ? 40 : (int) time.toMinutes());
    }

    private static Step step(Step.Kind kind, int customer, int other, int number) {
        return new Step(kind, 0, 0, customer, other, Outcome.SUCCESS, 0, number);
    }

    private static void apply(Step step, Touchstone ordinary, Stored stored, ManualClock clock) {
        switch (step.kind()) {
            case EVENT, ANSWER, ANONYMOUS -> {
                TouchpointEvent.Builder event = event(step, clock);
                ordinary.record(
                        step.kind() == Step.Kind.ANONYMOUS
                                ? event.build()
                                : event.customer(id(step.customer())).build());
                stored.touchstone.record(
                        step.kind() == Step.Kind.ANONYMOUS
                                ? event.build()
                                : event.customer(key(step.customer())).build());
            }
            case IDENTIFY -> {
                int guest = step.customer() % PEOPLE;
                ordinary.identify(id(guest), id(step.other()));
                stored.identify(key(guest), key(step.other()), clock.millis());
            }
            case FORGET -> {
                int guest = step.customer() % PEOPLE;
                ordinary.forget(id(guest));
                stored.partition.forget(key(guest));
            }
            case ERASE -> {
                // aliases of erased customers are forgotten at the first sweep after they are over, or at a restart
                ordinary.scoreboard();
                stored.partition.sweep();
                stored.flush();
                ordinary.erase(id(step.customer()));
                stored.partition.erase(key(step.customer()), clock.millis());
            }
            case ADVANCE ->
                clock.advance(
                        step.number() < 30
                                ? Duration.ofMinutes(step.number())
                                : Duration.ofDays(step.number() * 3L - 89));
            case SWEEP -> {
                ordinary.scoreboard();
                stored.partition.sweep();
            }
            case RESTART -> stored.restart();
        }
        stored.flush();
    }

    private static TouchpointEvent.Builder event(Step step, ManualClock clock) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(TOUCHPOINTS.get(step.touchpoint()))
                .channel(CHANNELS.get(step.channel()))
                .time(clock.instant().minus(Duration.ofMinutes(step.lateMinutes())));
        if (step.number() % 4 == 0) {
            event.id("e" + step.number());
        }
        if (step.kind() == Step.Kind.ANSWER) {
            event.feedback(
                    step.number() % 3 == 0 ? Feedback.ces2(1 + step.number() % 7) : Feedback.nps(step.number() % 11));
        }
        if (step.kind() != Step.Kind.ANSWER || step.number() % 2 == 0) {
            event.outcome(step.outcome())
                    .duration(Duration.ofMillis(50 + 40L * step.number()))
                    .amount(step.number());
        }
        return event;
    }

    private static void assertSame(Touchstone ordinary, Stored stored, List<Signal> signals, ManualClock clock) {
        SoftAssertions soft = new SoftAssertions();
        for (int i = 0; i < 2 * PEOPLE; i++) {
            CustomerExperience expected = ordinary.customer(id(i));
            CustomerExperience actual = stored.touchstone.customer(key(i));
            soft.assertThat(facts(actual)).as("customer " + i).isEqualTo(facts(expected));
            assertClose(soft, "experience " + i, actual.experience(), expected.experience());
            assertClose(soft, "effort " + i, actual.effort(), expected.effort());
            assertClose(soft, "lifetime " + i, actual.lifetimeExperience(), expected.lifetimeExperience());
        }
        soft.assertThat(stored.signals.stream().map(PartitionProperties::facts))
                .isEqualTo(signals.stream().map(PartitionProperties::facts).toList());
        for (int i = 0; i < Math.min(signals.size(), stored.signals.size()); i++) {
            assertClose(
                    soft,
                    "signal " + i,
                    stored.signals.get(i).experience(),
                    signals.get(i).experience());
        }
        Health expected = ordinary.health();
        Health actual = stored.touchstone.health();
        soft.assertThat(counts(actual)).as("counts").isEqualTo(counts(expected));
        Scoreboard scoreboard = ordinary.scoreboard();
        for (Scoreboard.JourneyScope journey : scoreboard.journeys()) {
            ScopeSums.Sum sum = stored.sum("journey " + journey.name());
            soft.assertThat(sum == null ? "0 0 0 0" : counts(sum.opened(), sum.journey()))
                    .as("journey " + journey.name())
                    .isEqualTo(journey.started() + " " + journey.completed() + " " + journey.abandoned() + " "
                            + journey.unknown());
        }
        for (Scoreboard.TouchpointScope touchpoint : scoreboard.touchpoints()) {
            String place = touchpoint.definition().name() + " " + touchpoint.channel();
            ScopeSums.Sum sum = stored.sum(place);
            soft.assertThat(
                            sum == null || sum.cell() == null
                                    ? 0
                                    : sum.cell().windows().count())
                    .as(place)
                    .isEqualTo(touchpoint.scores().count());
            if (sum != null && sum.cell() != null) {
                Snapshot.Cell cell = sum.cell();
                soft.assertThat(cell.verdicts())
                        .isEqualTo(List.copyOf(touchpoint.verdicts().values()));
                soft.assertThat(cell.newcomers())
                        .as(place + " newcomers")
                        .isEqualTo(touchpoint
                                .scores()
                                .newcomers()
                                .map(Scoreboard.Newcomers::count)
                                .orElse(0L));
                assertClose(
                        soft,
                        place,
                        new Scorer(CATALOG.model())
                                .experience(cell.windows().baseline().at(clock.millis())),
                        touchpoint.scores().baseline().experience());
            }
        }
        soft.assertAll();
        assertThat(stored.problem).isEmpty();
    }

    private static String counts(long opened, Snapshot.Journey journey) {
        return opened + " " + total(journey.completedSteps()) + " " + total(journey.abandonedSteps()) + " "
                + journey.unknown();
    }

    private static long total(Map<Integer, Long> steps) {
        return steps.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String counts(Health health) {
        return health.offered() + " " + health.accepted() + " " + health.dropped() + " " + health.warnings() + " "
                + health.anonymous() + " " + health.live() + " " + health.evicted() + " " + health.erased() + " "
                + health.customers();
    }

    private static String facts(CustomerExperience customer) {
        return customer.count() + " " + customer.verdicts() + " " + customer.lastEventAt() + " "
                + customer.openJourneys() + " " + customer.isAtRisk() + customer.isAdvocate() + " "
                + customer.predicted().map(predicted -> (float) predicted.satisfied());
    }

    private static String facts(Signal signal) {
        return signal.kind() + " " + signal.state() + " " + signal.customer() + " " + signal.time() + " "
                + signal.reason() + " " + signal.touchpoint() + " "
                + signal.recoveryCase().isPresent();
    }

    private static void assertClose(SoftAssertions soft, String what, Score actual, Score expected) {
        soft.assertThat(actual.isPresent()).as(what).isEqualTo(expected.isPresent());
        if (actual.isPresent() && expected.isPresent()) {
            soft.assertThat(actual.value()).as(what).isCloseTo(expected.value(), within(1e-9));
            soft.assertThat(actual.interval().low())
                    .as(what)
                    .isCloseTo(expected.interval().low(), within(1e-9));
            soft.assertThat(actual.evidence()).as(what).isCloseTo(expected.evidence(), within(1e-9));
        }
    }

    /** An engine over bytes, and what is added up of what it hands out. */
    private static final class Stored {

        private final MemoryBytes bytes = new MemoryBytes();
        private final ManualClock clock;
        private final List<Signal> signals = new ArrayList<>();
        private final ScopeSums sums = new ScopeSums(CATALOG.model());
        private final Map<String, byte[]> added = new HashMap<>();
        private final Map<CustomerKey, byte[]> customers = new HashMap<>();
        private Optional<String> problem = Optional.empty();
        private Touchstone touchstone;
        private Partition partition;

        Stored(ManualClock clock) {
            this.clock = clock;
            restart();
        }

        void restart() {
            PartitionStore store = new PartitionStore(bytes);
            touchstone = builder(clock, signals).store(store).build();
            partition = store.partition();
        }

        void identify(CustomerKey guest, CustomerKey customer, long nowMs) {
            CustomerKey known = partition.resolve(customer);
            byte[] left = partition.depart(guest, known);
            if (left != null) {
                flush();
                restart();
                partition.arrive(guest, known, nowMs, left);
            }
        }

        void flush() {
            Partition.Changes changes = partition.flush();
            changes.customers().forEach(customer -> {
                if (customer.bytes() == null) {
                    customers.remove(customer.key());
                } else {
                    customers.put(customer.key(), customer.bytes());
                }
            });
            changes.scopes()
                    .forEach(scope -> added.merge(
                            scope.journey() ? "journey " + scope.name() : scope.name() + " " + scope.channel(),
                            scope.sum(),
                            (sum, more) -> sums.add(sum, more)));
        }

        ScopeSums.Sum sum(String name) {
            byte[] sum = added.get(name);
            return sum == null ? null : sums.read(sum);
        }
    }
}
