package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.Touchstone;
import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CareJson;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.Partition.Changes;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.StoreKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Scores one partition of the customers with an engine of its own. All that the engine has to know is in the state stores after
 * each record, so a task that is closed or thrown back to its last commit loses nothing with it.
 *
 * <p>Time is that of the records. What is due, such as a journey that times out, is done at the full minute after it: so it does
 * not depend on which other customers are in the partition. While no record comes, time goes on as the clock does.
 */
final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final long MINUTE_MS = 60_000;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    private static final int MOST_HOPS = 8;
    private static final byte[] NOTHING = {};

    private final ScoringSettings settings;
    private final RecordFormat format;
    private final DeadLetters deadLetters;
    private final byte[] keyId;
    private final CareJson json = CareJson.withPseudonyms();
    private final List<Signal> signals = new ArrayList<>();
    private final Progress.Counter progress = new Progress.Counter();
    private byte @Nullable [] learnerSent;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PartitionBytes bytes;
    private @Nullable Engine engine;
    private long lastRecordMs;
    private long lastRecordWallMs;

    ScoreProcessor(ScoringSettings settings, RecordFormat format, DeadLetters deadLetters) {
        this.settings = settings;
        this.format = format;
        this.deadLetters = deadLetters;
        this.keyId = settings.key().id().getBytes(US_ASCII);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> ofTask) {
        this.context = ofTask;
        KeyValueStore<Bytes, byte[]> entries = ofTask.getStateStore(ScoringTopology.CUSTOMERS);
        WindowStore<Bytes, byte[]> ids = ofTask.getStateStore(ScoringTopology.EVENT_IDS);
        this.bytes = new PartitionBytes(entries, ids, settings.idsRemembered());
        this.engine = null;
        this.lastRecordWallMs = ofTask.currentSystemTimeMs();
        this.learnerSent = null;
        ofTask.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::goOn);
        ofTask.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, this::report);
    }

    /** Makes the engine with the first record: it begins to count then. */
    private Engine engine(long nowMs) {
        Engine known = engine;
        if (known == null) {
            StreamClock clock = new StreamClock(nowMs);
            PartitionStore store = new PartitionStore(Objects.requireNonNull(bytes));
            Touchstone touchstone = settings.instance()
                    .get()
                    .name("partition-" + context().taskId().partition())
                    .pseudonymKey(settings.key())
                    .clock(clock, System::nanoTime)
                    .store(store)
                    .signalListener(new SignalListener() {
                        @Override
                        public void signaled(Signal signal) {
                            signals.add(signal);
                        }
                    })
                    .build();
            known = new Engine(touchstone, store.partition(), clock);
            lastRecordMs = known.partition.nowMs();
            clock.advanceTo(lastRecordMs);
            engine = known;
            emit(known.partition.flush(), lastRecordMs); // cases that a former version did not send
        }
        return known;
    }

    private ProcessorContext<byte[], byte[]> context() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Engine used = engine(record.timestamp());
        lastRecordMs = Math.max(lastRecordMs, record.timestamp());
        lastRecordWallMs = context().currentSystemTimeMs();
        progress.read(record.timestamp());
        advance(used, lastRecordMs);
        boolean passedOn = context()
                .recordMetadata()
                .map(metadata -> metadata.topic().equals(settings.topics().arrivals()))
                .orElse(false);
        try {
            Move move = passedOn ? Move.read(record.headers(), record.value()) : null;
            if (move == null) {
                handle(used, record, format.read(record.key(), record.value(), record.headers()));
            } else {
                handle(used, record, RecordFormat.key(record.key()), move);
            }
        } catch (RefusedRecordException e) {
            context().forward(deadLetters.of(record, e), ScoringTopology.DEAD_LETTERS);
        }
        emit(used.partition.flush(), record.timestamp());
    }

    private void handle(Engine used, Record<byte[], byte[]> record, TopicRecord content) {
        if (content instanceof TopicRecord.Happened happened) {
            handle(used, record, happened);
        } else if (content instanceof TopicRecord.Identified identified) {
            identify(used, record, identified);
        } else if (content instanceof TopicRecord.Forgotten forgotten) {
            used.partition.forget(forgotten.guest());
        } else if (content instanceof TopicRecord.Requested requested) {
            request(used, record, requested);
        } else if (content instanceof TopicRecord.Erased erased) {
            CustomerKey customer = erased.customer();
            pass(used.partition.erase(customer, erased.time().toEpochMilli()), record, customer);
            leaveGroups(customer, record.timestamp());
            // even if this partition stores nothing about the customer
            context().forward(output(customer, null, record.timestamp()), ScoringTopology.SCORES);
        }
    }

    private void request(Engine used, Record<byte[], byte[]> record, TopicRecord.Requested requested) {
        CustomerKey customer = requested.request().customer();
        CustomerKey known = known(used, record, customer);
        if (known.equals(customer)) {
            used.partition.change(requested.request(), requested.time().toEpochMilli());
        } else {
            passOn(record, known, record.value(), record.headers());
        }
    }

    private void handle(Engine used, Record<byte[], byte[]> record, TopicRecord.Happened happened) {
        CustomerKey customer = happened.customer();
        if (customer == null) {
            used.touchstone.record(happened.event());
            return;
        }
        CustomerKey known = known(used, record, customer);
        boolean first = Move.hops(record.headers()) == 0;
        if (known.equals(customer)) {
            // the id of an event that was passed on is used up already
            TouchpointEvent event = happened.event();
            used.touchstone.record(first ? event : event.toBuilder().id(null).build());
        } else if (used.partition.isErased(customer, happened.event().timeMsOr(used.clock.millis()))) {
            used.touchstone.reject(DropReason.ERASED); // only here it is known what the guest's erasure covers
        } else if (first && used.partition.isRepeated(happened.event())) {
            used.touchstone.reject(DropReason.DUPLICATE);
        } else {
            passOn(record, known, record.value(), record.headers());
        }
    }

    /** Returns the customer a guest resolves to. Two customers who resolve to each other resolve to themselves. */
    private static CustomerKey known(Engine used, Record<byte[], byte[]> record, CustomerKey customer) {
        CustomerKey known = used.partition.resolve(customer);
        if (!known.equals(customer) && Move.hops(record.headers()) >= MOST_HOPS) {
            used.partition.forget(customer);
            return customer;
        }
        return known;
    }

    /** The first step of two: the guest leaves this partition, and what is kept of the guest goes to that of the customer. */
    private void identify(Engine used, Record<byte[], byte[]> record, TopicRecord.Identified identified) {
        CustomerKey known = used.partition.resolve(identified.customer());
        byte[] left = used.partition.depart(identified.guest(), known);
        if (left != null) {
            long sinceMs = identified.time().toEpochMilli();
            send(record, known, new Move.Arrival(identified.guest(), sinceMs, left));
        }
    }

    /** Has erasures repeated in the partitions of the others. */
    private void pass(List<Partition.Erasure> erasures, Record<byte[], byte[]> record, CustomerKey cause) {
        for (Partition.Erasure erasure : erasures) {
            if (!erasure.customer().equals(cause)) {
                send(record, erasure.customer(), new Move.Erasure(cause, erasure.untilMs(), erasure.whole()));
            }
        }
    }

    private void handle(Engine used, Record<byte[], byte[]> record, CustomerKey customer, Move move) {
        if (move instanceof Move.Arrival arrival) {
            CustomerKey known = known(used, record, customer);
            if (!known.equals(customer)) {
                passOn(record, known, record.value(), record.headers());
                return;
            }
            pass(used.partition.arrive(arrival.guest(), customer, arrival.sinceMs(), arrival.left()), record, customer);
        } else if (move instanceof Move.Erasure erasure) {
            Partition.Erasure repeated = new Partition.Erasure(customer, erasure.untilMs(), erasure.whole());
            pass(used.partition.repeat(repeated, erasure.cause()), record, customer);
            leaveGroups(customer, record.timestamp());
        }
    }

    /** Removes an erased customer from the small groups of all sums, after what was counted before. */
    private void leaveGroups(CustomerKey customer, long timeMs) {
        emit(Objects.requireNonNull(engine).partition.flush(), timeMs);
        byte[] key = ScopeKey.erased(customer).getBytes(UTF_8);
        context().forward(new Record<>(key, NOTHING, timeMs), ScoringTopology.CHANGES);
    }

    private void send(Record<byte[], byte[]> cause, CustomerKey customer, Move move) {
        Headers headers = new RecordHeaders();
        headers.add(RecordFormat.KEY_ID, keyId);
        headers.add(Move.KIND, move.kind());
        Move.keepHops(cause.headers(), headers);
        passOn(cause, customer, move.value(), headers);
    }

    private void passOn(Record<byte[], byte[]> cause, CustomerKey customer, byte[] value, Headers headers) {
        Headers next = new RecordHeaders(headers);
        byte hops = (byte) Math.min(MOST_HOPS, Move.hops(headers) + 1);
        next.remove(Move.HOPS).add(Move.HOPS, new byte[] {hops});
        context().forward(new Record<>(key(customer), value, cause.timestamp(), next), ScoringTopology.MOVES);
    }

    /** Goes on with the clock while no record comes. */
    private void goOn(long wallMs) {
        long idleMs = wallMs - lastRecordWallMs;
        if (idleMs >= IDLE.toMillis() && !isEmpty()) {
            Engine used = engine(0);
            advance(used, lastRecordMs + idleMs);
        }
    }

    private boolean isEmpty() {
        return engine == null && Objects.requireNonNull(bytes).get(StoreKeys.COUNTS.first()) == null;
    }

    /** Reports how far this partition is, and what it learned from answers. */
    private void report(long wallMs) {
        long sinceMs = isEmpty() ? wallMs : engine(0).partition.sinceMs();
        int partition = context().taskId().partition();
        report(ScopeKey.scored(partition), progress.at(wallMs, sinceMs).toBytes(), wallMs);
        byte[] learner = Objects.requireNonNull(bytes).get(StoreKeys.LEARNER.first());
        if (learner != null && !Arrays.equals(learner, learnerSent)) {
            learnerSent = learner;
            report(ScopeKey.learner(partition), learner, wallMs);
        }
    }

    private void report(String key, byte[] value, long wallMs) {
        context().forward(new Record<>(key.getBytes(UTF_8), value, wallMs), ScoringTopology.PROGRESS);
    }

    private void advance(Engine used, long nowMs) {
        long dueMs = fullMinute(used.partition.dueMs());
        while (dueMs <= nowMs) {
            used.clock.advanceTo(dueMs);
            used.partition.sweep();
            emit(used.partition.flush(), used.clock.millis());
            dueMs = fullMinute(used.partition.dueMs());
        }
        used.clock.advanceTo(nowMs);
    }

    private static long fullMinute(long timeMs) {
        return timeMs > Long.MAX_VALUE - MINUTE_MS ? timeMs : -Math.floorDiv(-timeMs, MINUTE_MS) * MINUTE_MS;
    }

    private void emit(Changes changes, long timeMs) {
        for (Partition.Customer customer : changes.customers()) {
            context().forward(output(customer.key(), customer.bytes(), timeMs), ScoringTopology.SCORES);
        }
        for (Partition.Scope scope : changes.scopes()) {
            byte[] key = ScopeKey.of(scope).getBytes(UTF_8);
            context().forward(new Record<>(key, scope.sum(), timeMs), ScoringTopology.CHANGES);
        }
        for (Partition.Case file : changes.cases()) {
            Record<byte[], byte[]> sent = output(file.customer(), file.bytes(), timeMs);
            context().forward(sent.withKey(CaseKey.of(file)), ScoringTopology.SCORES);
        }
        for (Signal signal : signals) {
            byte[] key = signal.customer().map(ScoreProcessor::key).orElse(null);
            byte[] value = json.write(signal).getBytes(UTF_8);
            context().forward(new Record<>(key, value, timeMs), ScoringTopology.SIGNALS);
        }
        signals.clear();
    }

    private Record<byte[], byte[]> output(CustomerKey customer, byte @Nullable [] value, long timeMs) {
        Headers headers = new RecordHeaders();
        headers.add(RecordFormat.KEY_ID, keyId);
        return new Record<>(key(customer), value, timeMs, headers);
    }

    private static byte[] key(CustomerKey customer) {
        return customer.toString().getBytes(US_ASCII);
    }

    @Override
    public void close() {
        Engine used = engine;
        engine = null;
        if (used != null) {
            used.touchstone.close();
        }
    }

    /** An engine, the door to its partition, and its time. */
    private record Engine(Touchstone touchstone, Partition partition, StreamClock clock) {}
}
