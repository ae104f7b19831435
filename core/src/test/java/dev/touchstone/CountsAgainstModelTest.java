package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of records, late and repeated events, clocks that go forward and back, evictions, erasures, snapshots,
 * restarts and closings, against a model that keeps every event in a list. 300 sequences, or as many as the property
 * {@code touchstone.sequences} says, beginning with the one that {@code touchstone.sequences.from} names.
 */
class CountsAgainstModelTest {

    private static final int SEQUENCES = Integer.getInteger("touchstone.sequences", 300);
    private static final int FIRST = Integer.getInteger("touchstone.sequences.from", 0);
    private static final int STEPS = 40;
    private static final int CUSTOMERS = 6;
    private static final int CAPACITY = 3;
    private static final long RETENTION_MS = Duration.ofHours(6).toMillis();
    private static final long TOO_OLD_MS = Duration.ofDays(400).toMillis();
    private static final long AHEAD_MS = Duration.ofMinutes(5).toMillis();
    private static final PseudonymKey KEY =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @Test
    @Timeout(24 * 3600)
    void everyEventIsWhereTheModelHasIt() {
        IntStream.range(FIRST, FIRST + SEQUENCES)
                .parallel()
                .forEach(sequence -> assertThat(firstDifference(sequence, true))
                        .as("sequence %d", sequence)
                        .isNull());
    }

    /** The planted fault: a model in which an erasure leaves out what happens at its very instant. */
    @Test
    void aModelThatErasesLessIsFoundToDiffer() {
        String difference = null;
        for (int sequence = 0; sequence < 500 && difference == null; sequence++) {
            difference = firstDifference(sequence, false);
        }
        assertThat(difference).isNotNull();
    }

    /** Returns what differs first between the engine and the model; null if nothing does. */
    private String firstDifference(long seed, boolean erasesTheInstant) {
        try (Trial trial = new Trial(seed, erasesTheInstant)) {
            List<String> done = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                done.add(trial.step());
                String engine = trial.engine();
                String model = trial.model.toString();
                if (!engine.equals(model)) {
                    return "after " + String.join("; ", done) + ":\n" + engine + "\nand not\n" + model;
                }
            }
            return null;
        }
    }

    private static CustomerId id(int customer) {
        return CustomerId.of("customer-" + customer);
    }

    /** One sequence, done by an engine and by a model. */
    private final class Trial implements AutoCloseable {

        private final SplittableRandom random;
        private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        private final Path file;
        private Model model;
        private Model saved;
        private Engine engine;

        Trial(long seed, boolean erasesTheInstant) {
            this.random = new SplittableRandom(seed);
            // few files: one for each thread
            this.file = folder.resolve("snapshot-" + Thread.currentThread().getId());
            this.model = new Model(erasesTheInstant);
            this.engine = open(false);
            model.time(clock.millis());
        }

        private Engine open(boolean restoring) {
            return (Engine) Touchstone.builder()
                    .clock(clock)
                    .pseudonymKey(KEY)
                    .maximumCustomers(CAPACITY)
                    .retention(Duration.ofMillis(RETENTION_MS))
                    .store(SnapshotFile.of(restoring ? file : null, file))
                    .build();
        }

        String step() {
            clock.advance(Duration.ofMillis(1));
            String done = switch (random.nextInt(20)) {
                case 0 -> advance(random.nextLong(RETENTION_MS));
                case 1 -> advance(random.nextLong(600_000));
                case 2 -> goBack(random.nextLong(240_000));
                case 3, 4 -> erase(random.nextInt(CUSTOMERS));
                case 5 -> snapshot();
                case 6 -> restart();
                case 7 -> crash();
                case 8 -> record(-1, 0, null);
                case 9, 10 -> record(random.nextInt(CUSTOMERS), random.nextLong(RETENTION_MS), null);
                case 11 -> record(random.nextInt(CUSTOMERS), -random.nextLong(3 * AHEAD_MS), null);
                case 12 -> record(random.nextInt(CUSTOMERS), TOO_OLD_MS - 2 + random.nextLong(4), null);
                case 13, 14 -> record(random.nextInt(CUSTOMERS), 0, "event-" + random.nextInt(3));
                default -> record(random.nextInt(CUSTOMERS), 0, null);
            };
            // the next look of the engine at its clock
            model.time(clock.millis());
            return done;
        }

        private String advance(long ms) {
            clock.advance(Duration.ofMillis(ms));
            return "clock by " + ms;
        }

        /** By less than five minutes: further back, a clock may be believed after a while, which has tests of its own. */
        private String goBack(long ms) {
            return clock.millis() < model.nowMs ? "no clock" : advance(-ms);
        }

        private String record(int customer, long ageMs, String eventId) {
            model.time(clock.millis());
            long timeMs = model.nowMs - ageMs;
            TouchpointEvent.Builder event =
                    TouchpointEvent.builder("pay").timeMs(timeMs).id(eventId);
            if (customer >= 0) {
                event.customer(id(customer));
            }
            engine.record(event.build());
            model.record(customer, timeMs, eventId, this::isGone);
            return "event of " + customer + ", " + ageMs + " ms old, " + eventId;
        }

        private boolean isGone(int customer) {
            return engine.customer(id(customer)).count() == 0;
        }

        private String erase(int customer) {
            model.time(clock.millis());
            engine.erase(id(customer));
            model.erase(customer);
            saved = model.copy(); // the file is without the customer at once
            // an event of the same instant
            engine.record(TouchpointEvent.builder("pay")
                    .customer(id(customer))
                    .timeMs(model.nowMs)
                    .build());
            model.record(customer, model.nowMs, null, this::isGone);
            return "erasure of " + customer;
        }

        private String snapshot() {
            model.time(clock.millis());
            engine.snapshot();
            saved = model.copy();
            return "snapshot";
        }

        private String restart() {
            model.time(clock.millis());
            engine.close();
            saved = model.copy();
            engine = open(true);
            return "restart";
        }

        /** Goes on from the last snapshot, as if nothing had happened since, as far as there is one. */
        private String crash() {
            if (saved == null) {
                return "no crash";
            }
            engine = open(true);
            model = saved.copy();
            model.nowMs = saved.takenMs;
            model.time(clock.millis());
            return "crash";
        }

        /** Returns what can be seen of the engine, as the model says it. */
        String engine() {
            engine.sweep();
            Health health = engine.health();
            assertThat(engine.recount()).isEqualTo(health.live());
            Map<Integer, Long> customers = new HashMap<>();
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                long count = engine.customer(id(customer)).count();
                if (count > 0) {
                    customers.put(customer, count);
                }
            }
            return Model.text(
                    health.offered(),
                    health.accepted(),
                    health.anonymous(),
                    health.evicted(),
                    health.erased(),
                    List.of(
                            health.dropped(DropReason.TOO_OLD),
                            health.dropped(DropReason.ERASED),
                            health.dropped(DropReason.DUPLICATE)),
                    customers);
        }

        @Override
        public void close() {
            assertThat(engine.scoreboard().overall().count())
                    .isEqualTo(engine.health().accepted());
            engine.close();
        }
    }

    /** Says where every event is, by keeping all of them. */
    private static final class Model {

        private record Kept(long timeMs) {}

        private final boolean erasesTheInstant;
        private final Map<Integer, List<Kept>> events = new HashMap<>();
        private final Map<Integer, Long> seenMs = new HashMap<>();
        private final Map<Integer, Long> erasedMs = new HashMap<>();
        private final Set<String> ids = new HashSet<>();
        private final Map<DropReason, Long> dropped = new HashMap<>();
        private long nowMs = Long.MIN_VALUE;
        private long takenMs;
        private long offered;
        private long anonymous;
        private long evicted;
        private long erased;

        Model(boolean erasesTheInstant) {
            this.erasesTheInstant = erasesTheInstant;
        }

        Model copy() {
            Model copy = new Model(erasesTheInstant);
            events.forEach((customer, kept) -> copy.events.put(customer, new ArrayList<>(kept)));
            copy.seenMs.putAll(seenMs);
            copy.erasedMs.putAll(erasedMs);
            copy.ids.addAll(ids);
            copy.dropped.putAll(dropped);
            copy.nowMs = nowMs;
            copy.takenMs = nowMs;
            copy.offered = offered;
            copy.anonymous = anonymous;
            copy.evicted = evicted;
            copy.erased = erased;
            return copy;
        }

        /** Time never goes back, and customers expire after the retention. */
        void time(long readMs) {
            nowMs = Math.max(nowMs, readMs);
            for (Map.Entry<Integer, Long> seen : Map.copyOf(seenMs).entrySet()) {
                if (nowMs - seen.getValue() >= RETENTION_MS) {
                    evict(seen.getKey());
                }
            }
        }

        void record(int customer, long timeMs, String eventId, IntPredicate gone) {
            offered++;
            long happenedMs = timeMs - nowMs > AHEAD_MS ? nowMs : timeMs;
            if (nowMs - timeMs > TOO_OLD_MS) {
                dropped.merge(DropReason.TOO_OLD, 1L, Long::sum);
            } else if (covers(customer, happenedMs)) {
                dropped.merge(DropReason.ERASED, 1L, Long::sum);
            } else if (eventId != null && !ids.add(eventId)) {
                dropped.merge(DropReason.DUPLICATE, 1L, Long::sum);
            } else if (customer < 0) {
                anonymous++;
            } else {
                events.computeIfAbsent(customer, absent -> new ArrayList<>()).add(new Kept(happenedMs));
                seenMs.put(customer, nowMs);
                if (events.size() > CAPACITY) {
                    makeRoom(gone);
                }
            }
        }

        /** Evicts who was seen least recently; of several who were seen in the same millisecond, the one who is gone. */
        private void makeRoom(IntPredicate gone) {
            long oldestMs = Collections.min(seenMs.values());
            List<Integer> oldest = seenMs.keySet().stream()
                    .filter(customer -> seenMs.get(customer) == oldestMs)
                    .toList();
            evict(oldest.stream().filter(gone::test).findFirst().orElse(oldest.get(0)));
        }

        private boolean covers(int customer, long timeMs) {
            Long until = erasedMs.get(customer);
            return until != null && (erasesTheInstant ? timeMs <= until : timeMs < until);
        }

        void erase(int customer) {
            List<Kept> gone = events.remove(customer);
            erased += gone == null ? 0 : gone.size();
            seenMs.remove(customer);
            erasedMs.merge(customer, nowMs, Math::max);
        }

        private void evict(int customer) {
            List<Kept> gone = events.remove(customer);
            evicted += gone == null ? 0 : gone.size();
            seenMs.remove(customer);
        }

        private long live() {
            return events.values().stream().mapToLong(List::size).sum();
        }

        @Override
        public String toString() {
            Map<Integer, Long> customers = new HashMap<>();
            events.forEach((customer, kept) -> customers.put(customer, (long) kept.size()));
            return text(
                    offered,
                    anonymous + live() + evicted + erased,
                    anonymous,
                    evicted,
                    erased,
                    List.of(
                            dropped.getOrDefault(DropReason.TOO_OLD, 0L),
                            dropped.getOrDefault(DropReason.ERASED, 0L),
                            dropped.getOrDefault(DropReason.DUPLICATE, 0L)),
                    customers);
        }

        static String text(
                long offered,
                long accepted,
                long anonymous,
                long evicted,
                long erased,
                List<Long> dropped,
                Map<Integer, Long> customers) {
            return "offered " + offered + ", accepted " + accepted + ", anonymous " + anonymous + ", evicted " + evicted
                    + ", erased " + erased + ", too old, erased, duplicate " + dropped + ", customers " + customers;
        }
    }
}
