package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Pace apart, a customer's scores depend on what this customer did, and not on what others did in between: events
 * without durations may be replayed with the customers interleaved in any way.
 */
class InterleavingTest {

    private static final int CUSTOMERS = 2_500;
    private static final int EVENTS_EACH = 40;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final PseudonymKey KEY = PseudonymKey.random();

    /** The instant at which all scores are read: after the last time-out. */
    private static final Instant END = Trial.time("P120D");

    private static final Catalog CATALOG = Catalog.builder()
            .touchpoint("search", t -> t.channel("web").target(Duration.ofMillis(400)))
            .touchpoint("pay", t -> t.journey("purchase").importance(3))
            .touchpoint("basket", t -> t.journey("purchase"))
            .touchpoint("call", t -> t.supportContact(true).channel("phone"))
            .touchpoint("chat", t -> t.supportContact(true).journey("help").channel("chat"))
            .journey("purchase", j -> j.steps(2).ends("confirm"))
            .journey("help", j -> j.timeout(Duration.ofDays(2)).ends("solved"))
            .build();

    private static final List<String> TOUCHPOINTS =
            List.of("search", "pay", "basket", "confirm", "call", "chat", "solved", "rate");

    private static final List<Outcome> OUTCOMES = List.of(
            Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.DEGRADED, Outcome.ABANDONED, Outcome.FAILURE);

    private static final List<Channel> CHANNELS = List.of(Channel.WEB, Channel.APP, Channel.UNKNOWN);

    /** Each customer's events in their own order, in which some come late. */
    private static List<List<TouchpointEvent>> customers() {
        Random random = new Random(42);
        List<List<TouchpointEvent>> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            CustomerKey customer = CustomerId.of("customer " + i).key(KEY);
            List<TouchpointEvent> events = new ArrayList<>();
            long time = Trial.START.toEpochMilli() + random.nextLong(DAY);
            for (int j = 0; j < EVENTS_EACH; j++) {
                time += gap(random);
                long late = random.nextInt(10) == 0 ? random.nextLong(40 * MINUTE) : 0;
                events.add(event(random).customer(customer).timeMs(time - late).build());
            }
            customers.add(events);
        }
        return customers;
    }

    private static long gap(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong(10 * DAY) / 2;
            case 1 -> random.nextLong(90 * MINUTE);
            default -> random.nextLong(10 * MINUTE);
        };
    }

    private static TouchpointEvent.Builder event(Random random) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(pick(TOUCHPOINTS, random));
        if (random.nextInt(12) == 0) {
            return event.feedback(
                    random.nextBoolean() ? Feedback.nps(random.nextInt(11)) : Feedback.ces1(1 + random.nextInt(5)));
        }
        event.outcome(pick(OUTCOMES, random));
        if (random.nextBoolean()) {
            event.channel(pick(CHANNELS, random));
        }
        if (random.nextInt(8) == 0) {
            event.transfers(random.nextInt(3)).retries(random.nextInt(3)).promiseMs(5);
        }
        return event;
    }

    private static <T> T pick(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static List<TouchpointEvent> oneCustomerAfterTheOther(List<List<TouchpointEvent>> customers) {
        return customers.stream().flatMap(List::stream).toList();
    }

    /** By arrival: an event arrives at its time, or, if late, at the latest time before it of its customer. */
    private static List<TouchpointEvent> byTime(List<List<TouchpointEvent>> customers) {
        record Arrival(long atMs, TouchpointEvent event) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (List<TouchpointEvent> events : customers) {
            long latest = Long.MIN_VALUE;
            for (TouchpointEvent event : events) {
                latest = Math.max(latest, event.timeMs().orElseThrow());
                arrivals.add(new Arrival(latest, event));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs)); // stable: each customer's order stays
        return arrivals.stream().map(Arrival::event).toList();
    }

    private static List<TouchpointEvent> atRandom(List<List<TouchpointEvent>> customers) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            turns.addAll(Collections.nCopies(customers.get(i).size(), i));
        }
        Collections.shuffle(turns, new Random(7));
        int[] next = new int[customers.size()];
        return turns.stream().map(i -> customers.get(i).get(next[i]++)).toList();
    }

    /** The customers' scores at the end, with a clock that follows the events and never goes back. */
    private static List<CustomerExperience> replayed(List<TouchpointEvent> events) {
        ManualClock clock = ManualClock.at(Trial.START);
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(CATALOG)
                .pseudonymKey(KEY)
                .lifetime()
                .build()) {
            long latest = Long.MIN_VALUE;
            for (TouchpointEvent event : events) {
                latest = Math.max(latest, event.timeMs().orElseThrow());
                clock.set(Instant.ofEpochMilli(latest));
                touchstone.record(event);
            }
            assertThat(Instant.ofEpochMilli(latest)).isBefore(END.minus(Duration.ofDays(2)));
            clock.set(END);
            assertThat(touchstone.health().accepted()).isEqualTo((long) CUSTOMERS * EVENTS_EACH);
            assertThat(touchstone.scoreboard().journeys())
                    .allSatisfy(journey -> assertThat(journey.abandoned()).isPositive())
                    .allSatisfy(journey -> assertThat(journey.completed()).isPositive())
                    .allSatisfy(journey -> assertThat(journey.unknown()).isZero());
            List<CustomerExperience> scores = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                scores.add(touchstone.customer(CustomerId.of("customer " + i)));
            }
            return scores;
        }
    }

    private static void same(List<CustomerExperience> actual, List<CustomerExperience> expected) {
        for (int i = 0; i < CUSTOMERS; i++) {
            CustomerExperience one = actual.get(i);
            CustomerExperience other = expected.get(i);
            assertThat(one.experience().isPresent()).isTrue();
            Same.score(one.experience(), other.experience());
            Same.score(one.effort(), other.effort());
            Same.score(one.lifetimeExperience(), other.lifetimeExperience());
            Same.score(one.lifetimeEffort(), other.lifetimeEffort());
            assertThat(one.count()).isEqualTo(other.count());
            assertThat(one.verdicts()).isEqualTo(other.verdicts());
        }
    }

    @Test
    void theOrderOfOtherCustomersDoesNotMatter() {
        List<List<TouchpointEvent>> customers = customers();
        List<CustomerExperience> inOrder = replayed(byTime(customers));
        same(replayed(oneCustomerAfterTheOther(customers)), inOrder);
        same(replayed(atRandom(customers)), inOrder);
    }
}
