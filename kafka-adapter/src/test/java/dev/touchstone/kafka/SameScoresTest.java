package dev.touchstone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CareJson;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.state.internal.ScopeSums;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same events through the library alone and through the topology, in one partition and in three, give the same scores,
 * journeys, touchpoints and signals. Pace counts for nothing in the model, since each partition learns its own. Late events are
 * at touchpoints without a journey: whether a journey has timed out when they arrive depends on when it was looked for. {@code -Devents=100000} is the run
 * at length.
 */
class SameScoresTest {

    private static final int EVENTS = Integer.getInteger("events", 8_000);
    private static final int CUSTOMERS = 2_000;
    private static final int GUESTS = 600;
    private static final long MINUTE_MS = 60_000;
    private static final PseudonymKey KEY =
            PseudonymKey.of("the key that all pods have in common, long enough".getBytes(StandardCharsets.UTF_8));
    private static final List<String> PLAIN = List.of("search", "browse", "support");
    private static final List<String> ON_JOURNEY = List.of("basket", "address", "pay");
    private static final List<Channel> CHANNELS = List.of(Channel.WEB, Channel.APP, Channel.PHONE);

    private static TouchstoneBuilder builder() {
        return Touchstone.builder()
                .catalog(PurchaseCatalog.CATALOG)
                .lifetime()
                .care()
                .showSmallGroups()
                .retention(Duration.ofDays(400));
    }

    /** The library alone, with a clock that is moved. */
    private static final class Alone {

        private final StreamClock clock;
        private final List<Signal> signals = new ArrayList<>();
        private final Touchstone touchstone;
        private long sweptMs;

        Alone(long startMs, TouchstoneBuilder builder) {
            clock = new StreamClock(startMs);
            sweptMs = startMs;
            touchstone = builder.clock(clock)
                    .pseudonymKey(KEY)
                    .signalListener(new SignalListener() {
                        @Override
                        public void signaled(Signal signal) {
                            if (signal.customer().isPresent()) {
                                signals.add(signal);
                            }
                        }
                    })
                    .build();
        }

        /** Looks for what is due each full minute, as the own thread of an instance does each minute. */
        void advanceTo(long nowMs) {
            for (long minute = sweptMs + MINUTE_MS; minute <= nowMs; minute += MINUTE_MS) {
                clock.advanceTo(minute);
                touchstone.scoreboard();
                sweptMs = minute;
            }
            clock.advanceTo(nowMs);
        }
    }

    private static CustomerId id(int number) {
        return number < GUESTS ? CustomerId.anonymous("guest-" + number) : CustomerId.of("customer-" + number);
    }

    private static CustomerKey key(int number) {
        return CustomerKey.parse(id(number).key(KEY).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sameScoresAlongAllWays(int partitions) {
        long startMs = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
        Random random = new Random(18);
        Alone alone = new Alone(startMs, builder());
        List<TouchpointEvent> sent = new ArrayList<>();
        List<Integer> senders = new ArrayList<>();
        try (Drivers drivers = new Drivers(partitions, KEY, SameScoresTest::builder)) {
            long nowMs = startMs;
            for (int i = 0; i < EVENTS; i++) {
                nowMs += 1 + random.nextInt(3_000);
                alone.advanceTo(nowMs);
                Instant now = Instant.ofEpochMilli(nowMs);
                int dice = random.nextInt(1_000);
                int who = random.nextInt(CUSTOMERS);
                if (dice < 10) {
                    int guest = random.nextInt(GUESTS);
                    int customer = GUESTS + random.nextInt(CUSTOMERS - GUESTS);
                    alone.touchstone.identify(id(guest), id(customer));
                    drivers.send(new TopicRecord.Identified(key(guest), key(customer), now), now);
                } else if (dice < 12) {
                    alone.touchstone.erase(id(who));
                    drivers.send(new TopicRecord.Erased(key(who), now), now);
                } else if (dice < 40 && !sent.isEmpty()) {
                    int again = Math.max(0, sent.size() - 1 - random.nextInt(2_000));
                    offer(alone, drivers, sent.get(again), senders.get(again), now);
                } else {
                    TouchpointEvent event = event(random, i, nowMs, dice);
                    int sender = dice < 60 ? -1 : who;
                    offer(alone, drivers, event, sender, now);
                    if (sender >= 0) {
                        sent.add(event);
                        senders.add(sender);
                    }
                }
            }
            long endMs = nowMs + Duration.ofHours(3).toMillis();
            alone.advanceTo(endMs);
            drivers.endAt(endMs);
            assertSame(alone, drivers, endMs);
        }
    }

    /**
     * What a customer would answer. A partition learns from its own answers, in their order, and the parts are added: with one
     * partition that is the library's prediction, and with three it is close to it.
     */
    @ParameterizedTest
    @CsvSource({"1, 1e-9", "3, 0.05"})
    void samePredictionsAlongAllWays(int partitions, double tolerance) {
        long startMs = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
        Random random = new Random(18);
        Alone alone = new Alone(startMs, builder().prediction());
        // signals would depend on what a partition has learned, so few answers are given
        int events = 4_000;
        int customers = 200;
        try (Drivers drivers = new Drivers(partitions, KEY, () -> builder().prediction())) {
            long nowMs = startMs;
            for (int i = 0; i < events; i++) {
                nowMs += 1 + random.nextInt(3_000);
                alone.advanceTo(nowMs);
                int who = GUESTS + random.nextInt(customers);
                boolean failed = random.nextInt(5) == 0;
                Instant now = Instant.ofEpochMilli(nowMs);
                TouchpointEvent.Builder event = TouchpointEvent.builder("search")
                        .channel(Channel.WEB)
                        .timeMs(nowMs)
                        .outcome(failed ? Outcome.FAILURE : Outcome.SUCCESS);
                offer(alone, drivers, event.build(), who, now);
                if (i % 10 == 0) {
                    int answer = failed ? 1 + random.nextInt(3) : 3 + random.nextInt(3);
                    TouchpointEvent.Builder answered = TouchpointEvent.builder("search")
                            .channel(Channel.WEB)
                            .timeMs(nowMs)
                            .feedback(Feedback.csat(answer));
                    offer(alone, drivers, answered.build(), who, now);
                }
            }
            drivers.second();
            try (Touchstone member = builder()
                    .prediction()
                    .pseudonymKey(KEY)
                    .clock(new StreamClock(nowMs))
                    .customerListener(new DriversCluster(drivers))
                    .build()) {
                for (int i = GUESTS; i < GUESTS + customers; i++) {
                    Prediction expected =
                            alone.touchstone.customer(key(i)).predicted().orElseThrow();
                    Prediction actual = member.customer(key(i)).predicted().orElseThrow();
                    assertThat(actual.answers()).isEqualTo(expected.answers()).isGreaterThan(300);
                    assertThat(actual.satisfied()).isCloseTo(expected.satisfied(), within(tolerance));
                }
            }
        }
    }

    private static void offer(Alone alone, Drivers drivers, TouchpointEvent event, int sender, Instant now) {
        TouchpointEvent.Builder own = event.toBuilder();
        alone.touchstone.record(sender < 0 ? event : own.customer(id(sender)).build());
        drivers.send(new TopicRecord.Happened(sender < 0 ? null : key(sender), event), now);
    }

    private static TouchpointEvent event(Random random, int number, long nowMs, int dice) {
        boolean late = dice % 20 == 0;
        List<String> touchpoints = late || dice % 3 == 0 ? PLAIN : ON_JOURNEY;
        TouchpointEvent.Builder event = TouchpointEvent.builder(touchpoints.get(random.nextInt(touchpoints.size())))
                .channel(CHANNELS.get(random.nextInt(CHANNELS.size())))
                .timeMs(late ? nowMs - random.nextInt(86_400_000) : nowMs);
        if (dice >= 60 && dice % 2 == 0) {
            event.id("event-" + number);
        }
        if (dice % 25 == 1) {
            event.feedback(dice % 2 == 0 ? Feedback.ces2(1 + random.nextInt(7)) : Feedback.nps(random.nextInt(11)));
        } else {
            int outcome = random.nextInt(100);
            event.outcome(
                            outcome < 90
                                    ? Outcome.SUCCESS
                                    : outcome < 94
                                            ? Outcome.DEGRADED
                                            : outcome < 98 ? Outcome.FAILURE : Outcome.ABANDONED)
                    .duration(Duration.ofMillis(50 + random.nextInt(900)))
                    .retries(random.nextInt(10) == 0 ? 1 : 0);
        }
        return event.build();
    }

    private static void assertSame(Alone alone, Drivers drivers, long endMs) {
        assertThat(drivers.dead).isEmpty();
        Scores scores = new Scores(drivers.scores, builder().pseudonymKey(KEY).clock(new StreamClock(endMs)));
        int known = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            CustomerExperience expected = alone.touchstone.customer(id(i));
            CustomerExperience actual = scores.customer(key(i));
            assertThat(facts(actual)).as("customer " + i).isEqualTo(facts(expected));
            assertClose("experience " + i, actual.experience(), expected.experience());
            assertClose("effort " + i, actual.effort(), expected.effort());
            assertClose("lifetime " + i, actual.lifetimeExperience(), expected.lifetimeExperience());
            known += expected.count() > 0 ? 1 : 0;
        }
        assertThat(known).isGreaterThan(CUSTOMERS / 2);
        assertThat(drivers.signals.stream().map(SameScoresTest::facts).sorted())
                .isEqualTo(alone.signals.stream()
                        .map(CareJson.withPseudonyms()::write)
                        .map(SameScoresTest::facts)
                        .sorted()
                        .toList());
        assertThat(alone.signals).isNotEmpty();
        ScopeSums sums = new ScopeSums(PurchaseCatalog.CATALOG.model());
        Scoreboard scoreboard = alone.touchstone.scoreboard();
        assertSameAnswers(alone.touchstone, drivers, scoreboard, endMs);
        for (Scoreboard.JourneyScope journey : scoreboard.journeys()) {
            ScopeSums.Sum sum = sums.read(drivers.scopes.get(ScopeKey.journey(journey.name())));
            assertThat(List.of(
                            sum.opened(),
                            total(sum.journey().completedSteps()),
                            total(sum.journey().abandonedSteps()),
                            sum.journey().unknown()))
                    .as(journey.name())
                    .isEqualTo(List.of(journey.started(), journey.completed(), journey.abandoned(), journey.unknown()));
            assertThat(journey.completed()).isPositive();
            assertThat(journey.abandoned()).isPositive();
            assertClose(
                    journey.name(),
                    new Scorer(PurchaseCatalog.CATALOG.model())
                            .experience(sum.journey().windows().baseline().at(endMs)),
                    journey.baseline().experience());
        }
        for (Scoreboard.TouchpointScope touchpoint : scoreboard.touchpoints()) {
            String place = touchpoint.definition().name() + " " + touchpoint.channel();
            byte[] bytes = drivers.scopes.get(ScopeKey.touchpoint(
                    touchpoint.definition().name(), touchpoint.channel().name()));
            if (touchpoint.scores().count() > 0) {
                ScopeSums.Sum sum = sums.read(bytes);
                assertThat(sum.cell().windows().count())
                        .as(place)
                        .isEqualTo(touchpoint.scores().count());
                assertThat(sum.cell().verdicts())
                        .as(place)
                        .isEqualTo(List.copyOf(touchpoint.verdicts().values()));
                assertClose(
                        place,
                        new Scorer(PurchaseCatalog.CATALOG.model())
                                .experience(sum.cell().windows().baseline().at(endMs)),
                        touchpoint.scores().baseline().experience());
            }
        }
    }

    /** What an instance answers that has read the sums. */
    private static void assertSameAnswers(Touchstone alone, Drivers drivers, Scoreboard expected, long endMs) {
        try (Touchstone member = builder()
                .pseudonymKey(KEY)
                .clock(new StreamClock(endMs))
                .customerListener(new DriversCluster(drivers))
                .build()) {
            assertThat(facts(member)).isNotEmpty().isEqualTo(facts(alone));
            Scoreboard actual = member.scoreboard();
            assertThat(actual.overall().count()).isEqualTo(expected.overall().count());
            assertThat(actual.care().orElseThrow().cases())
                    .isEqualTo(expected.care().orElseThrow().cases());
            assertThat(actual.care().orElseThrow().overdue())
                    .isEqualTo(expected.care().orElseThrow().overdue());
            for (int i = 0; i < expected.journeys().size(); i++) {
                Scoreboard.JourneyScope one = expected.journeys().get(i);
                Scoreboard.JourneyScope other = actual.journeys().get(i);
                assertThat(other.open()).isEqualTo(one.open());
                assertThat(other.recent()).isEqualTo(one.recent());
                assertThat(other.completionRate()).isEqualTo(one.completionRate());
                assertThat(other.conversions()).hasToString(one.conversions().toString());
                assertThat(other.funnel()).isNotEmpty().hasToString(one.funnel().toString());
            }
        }
    }

    private static long total(Map<Integer, Long> steps) {
        return steps.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String facts(CustomerExperience customer) {
        return customer.count() + " " + customer.verdicts() + " " + customer.lastEventAt() + " "
                + customer.openJourneys() + " " + customer.isAtRisk() + customer.isAdvocate();
    }

    /** Returns the recovery cases of an instance or a cluster: who needs help, since when, and who is to help. */
    private static List<String> facts(Touchstone touchstone) {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        return touchstone.care().cases().all().stream()
                .map(file -> facts(CareJson.withPseudonyms().write(file, now)))
                .sorted()
                .toList();
    }

    /** Returns a signal without its ids and without the last digits of its scores. */
    private static String facts(String json) {
        return json.replaceAll("\"(id|case)\":\"[^\"]*\"", "").replaceAll("(\\d\\.\\d{8})\\d+(E-?\\d+)?", "$1");
    }

    private static void assertClose(String what, Score actual, Score expected) {
        assertThat(actual.isPresent()).as(what).isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            assertThat(actual.value()).as(what).isCloseTo(expected.value(), within(1e-9));
            assertThat(actual.interval().low())
                    .as(what)
                    .isCloseTo(expected.interval().low(), within(1e-9));
            assertThat(actual.evidence()).as(what).isCloseTo(expected.evidence(), within(1e-9));
        }
    }
}
