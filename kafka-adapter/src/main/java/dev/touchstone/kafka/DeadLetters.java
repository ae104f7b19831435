package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.kafka.RefusedRecordException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that were refused: each goes to a topic of its own with the reason in a header, and is counted. Thread-safe. */
final class DeadLetters {

    /** The header with the reason. */
    static final String REASON = "touchstone-reason";

    /** The header with what was wrong, in words. It repeats nothing of the record. */
    static final String DETAIL = "touchstone-detail";

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaCluster.class);

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    DeadLetters() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /** Counts a record, and returns it as it goes to the topic: a value that is too large is left out. */
    Record<byte[], byte[]> of(Record<byte[], byte[]> refused, RefusedRecordException why) {
        LongAdder count = counts.get(why.reason());
        if (count != null) {
            if (count.sum() == 0) {
                LOGGER.warn(
                        "Kafka: scoring refused a record and sent it to the dead letters ({}); later ones are counted: {}",
                        why.reason().code(),
                        why.getMessage());
            }
            count.increment();
        }
        Headers headers = new RecordHeaders(refused.headers());
        headers.add(REASON, why.reason().code().getBytes(UTF_8));
        headers.add(DETAIL, String.valueOf(why.getMessage()).getBytes(UTF_8));
        byte @Nullable [] value = refused.value();
        boolean fits = value == null || value.length <= RecordFormat.MAX_BYTES;
        byte @Nullable [] key = refused.key();
        return new Record<>(
                key == null || key.length <= RecordFormat.MAX_BYTES ? key : null,
                fits ? value : null,
                refused.timestamp(),
                headers);
    }

    /** Returns how many records were refused, by the code of the reason; each reason is present. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((reason, count) -> all.put(reason.code(), count.sum()));
        return all;
    }
}
