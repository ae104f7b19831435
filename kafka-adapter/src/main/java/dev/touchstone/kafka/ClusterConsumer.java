package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.CustomerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topics of scores and sums from their beginning, as what was committed. Used by one thread. */
final class ClusterConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ClusterTable table;
    private final ScoringTopics topics;
    private final byte[] keyId;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    ClusterConsumer(TouchstoneKafka kafka, ScoringTopics topics, ClusterTable table) {
        this.table = table;
        this.topics = topics;
        this.keyId = kafka.key().id().getBytes(US_ASCII);
        this.consumer = new KafkaConsumer<>(
                ClientSettings.consumer(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        boolean opened = false;
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(topics.scores(), topics.scopes())) {
                consumer.partitionsFor(topic)
                        .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            this.ends = new HashMap<>(consumer.endOffsets(partitions));
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Reads what has come, and waits a little if nothing has. Returns whether all that was there at the start has been read. */
    boolean read() {
        consumer.poll(POLL).forEach(this::read);
        for (Map.Entry<TopicPartition, Long> end : List.copyOf(ends.entrySet())) {
            if (consumer.position(end.getKey()) >= end.getValue()) {
                arrived(end.getKey());
            }
        }
        return ends.isEmpty();
    }

    private void arrived(TopicPartition partition) {
        ends.remove(partition);
        if (partition.topic().equals(topics.scores())) {
            table.loaded(partition.partition());
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), UTF_8);
        if (record.topic().equals(topics.scopes())) {
            table.sum(key, record.value(), record.timestamp());
            return;
        }
        CustomerKey customer = RecordFormat.customer(key);
        CustomerKey ofCase = CaseKey.customer(key);
        Header id = record.headers().lastHeader(RecordFormat.KEY_ID);
        // pseudonyms under another key are other customers
        if (id == null || !Arrays.equals(id.value(), keyId)) {
            return;
        }
        if (customer != null) {
            table.score(customer, record.value());
        } else if (ofCase != null) {
            table.file(key, record.value());
        }
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka 4.0 has no other
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
