package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.kafka.RefusedRecordException.Reason;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.ScopeSums;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what was counted at touchpoints and of journeys in all partitions of the customers. The sums are sent when a second is
 * over, and all of them when a task begins, since what was to be sent is known in memory only.
 */
final class SumProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Duration SEND_EVERY = Duration.ofSeconds(1);

    private final ScopeSums sums;
    private final DeadLetters deadLetters;
    private final Set<String> unsent = new LinkedHashSet<>();
    private final Progress.Counter progress = new Progress.Counter();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    SumProcessor(ScoreModel model, DeadLetters deadLetters) {
        this.sums = new ScopeSums(model);
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> ofTask) {
        KeyValueStore<String, byte[]> ofSums = ofTask.getStateStore(ScoringTopology.SUMS);
        this.context = ofTask;
        this.store = ofSums;
        unsent.clear();
        try (KeyValueIterator<String, byte[]> all = ofSums.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                unsent.add(entry.key);
            }
        }
        ofTask.schedule(SEND_EVERY, PunctuationType.WALL_CLOCK_TIME, this::send);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        KeyValueStore<String, byte[]> added = Objects.requireNonNull(store);
        if (record.key() == null || record.value() == null) {
            refuse(record, "a sum has no key or no value");
            return;
        }
        progress.read(record.timestamp());
        String scope = new String(record.key(), UTF_8);
        if (ScopeKey.isErased(scope)) {
            erase(record, scope);
            return;
        }
        byte[] sum;
        try {
            sum = sums.add(added.get(scope), record.value());
        } catch (MalformedException | IllegalArgumentException e) {
            refuse(record, "what was counted is not readable");
            return;
        }
        added.put(scope, sum);
        unsent.add(scope);
    }

    /** Removes an erased customer from the small groups, of which each partition has some. */
    private void erase(Record<byte[], byte[]> record, String key) {
        KeyValueStore<String, byte[]> added = Objects.requireNonNull(store);
        Map<String, byte[]> changed = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = added.all()) {
            long member = ScopeKey.erasedMember(key);
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                byte[] without = sums.without(member, entry.value);
                if (without != null) {
                    changed.put(entry.key, without);
                }
            }
        } catch (NumberFormatException e) {
            refuse(record, "an erasure names no member of groups");
            return;
        }
        changed.forEach((scope, sum) -> {
            added.put(scope, sum);
            unsent.add(scope);
        });
    }

    private void refuse(Record<byte[], byte[]> record, String detail) {
        Objects.requireNonNull(context)
                .forward(
                        deadLetters.of(record, new RefusedRecordException(Reason.BAD_RECORD, detail)),
                        ScoringTopology.DEAD_CHANGES);
    }

    private void send(long wallMs) {
        KeyValueStore<String, byte[]> added = Objects.requireNonNull(store);
        for (String scope : unsent) {
            Objects.requireNonNull(context)
                    .forward(new Record<>(scope.getBytes(UTF_8), added.get(scope), wallMs), ScoringTopology.SCOPES);
        }
        unsent.clear();
        ProcessorContext<byte[], byte[]> used = Objects.requireNonNull(context);
        byte[] key = ScopeKey.added(used.taskId().partition()).getBytes(UTF_8);
        used.forward(new Record<>(key, progress.at(wallMs, wallMs).toBytes(), wallMs), ScoringTopology.SCOPES);
    }
}
