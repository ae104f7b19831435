package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import dev.touchstone.kafka.tests.Broker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker is away at the start and for a minute in flight, with a small buffer: recording goes on as if nothing were. */
@Timeout(400)
class BrokerAwayTest {

    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final int CAPACITY = 500;
    private static final int EVENTS_PER_SECOND = 200;
    private static final Duration AWAY = Duration.ofSeconds(Long.getLong("touchstone.away", 60));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void recordingGoesOnAndWhatFitsArrivesOnce() throws Exception {
        try (Broker broker = Broker.absent()) {
            KafkaPublisher publisher = TouchstoneKafka.at(broker.bootstrapServers(), KEY)
                    .minimumReplication(1)
                    .capacity(CAPACITY)
                    .build()
                    .publisher();
            AtomicLong offered = new AtomicLong();
            try (Touchstone pod = Touchstone.builder()
                    .pseudonymKey(KEY)
                    .strict()
                    .customerListener(publisher)
                    .build()) {
                record(pod, offered, Duration.ofSeconds(10), "away at the start");
                assertAway(pod, publisher, offered.get());

                broker.start();
                try (Topics topics = new Topics(broker)) {
                    topics.create("touchstone-events", Map.of());
                }
                awaitCaughtUp(publisher);
                record(pod, offered, Duration.ofSeconds(10), "there");
                awaitCaughtUp(publisher);
                assertThat(publisher.status().dropped(Loss.BUFFER_FULL))
                        .isEqualTo(offered.get() - published(publisher));

                broker.kill();
                record(pod, offered, AWAY, "away in flight");
                assertAway(pod, publisher, offered.get());
                broker.start();
                awaitCaughtUp(publisher);
                record(pod, offered, Duration.ofSeconds(5), "there again");
                awaitCaughtUp(publisher);

                assertThat(pod.customer(ADA).count()).isEqualTo(offered.get());
                assertThat(pod.health().problems()).noneMatch(problem -> problem.contains("wait"));
            }
            KafkaPublisher.Status status = publisher.status();
            assertThat(status.published() + status.dropped(Loss.BUFFER_FULL)).isEqualTo(offered.get());
            try (Topics topics = new Topics(broker)) {
                RecordFormat format = new RecordFormat(KEY);
                long distinct = 0;
                double last = -1;
                for (var read : topics.read("touchstone-events")) {
                    TopicRecord.Happened happened =
                            (TopicRecord.Happened) format.read(read.key(), read.value(), read.headers());
                    double number = happened.event().amount().orElseThrow();
                    assertThat(number).isGreaterThan(last); // in order, and once
                    last = number;
                    distinct++;
                }
                assertThat(distinct).isEqualTo(status.published());
            }
        }
    }

    private static long published(KafkaPublisher publisher) {
        return publisher.status().published();
    }

    private static void awaitCaughtUp(KafkaPublisher publisher) {
        await().atMost(PATIENCE).until(() -> publisher.status().waiting() == 0);
    }

    private static void assertAway(Touchstone pod, KafkaPublisher publisher, long offered) {
        KafkaPublisher.Status status = publisher.status();
        assertThat(status.waiting()).isEqualTo(CAPACITY);
        assertThat(status.published() + status.waiting() + status.dropped(Loss.BUFFER_FULL))
                .isEqualTo(offered);
        assertThat(pod.customer(ADA).count()).isEqualTo(offered);
        assertThat(pod.health().degraded()).isTrue();
        assertThat(pod.health().problems())
                .anyMatch(problem -> problem.startsWith("kafka: ") && problem.contains(CAPACITY + " changes wait"));
    }

    /** Records at a rate, and prints how long the calls take. */
    private static void record(Touchstone pod, AtomicLong offered, Duration time, String what)
            throws InterruptedException {
        int events = (int) (EVENTS_PER_SECOND * time.toSeconds());
        long[] tookNs = new long[events];
        long began = System.nanoTime();
        for (int i = 0; i < events; i++) {
            TouchpointEvent event = TouchpointEvent.builder("pay")
                    .customer(ADA)
                    .amount((double) offered.getAndIncrement())
                    .build();
            long beforeNs = System.nanoTime();
            pod.record(event);
            tookNs[i] = System.nanoTime() - beforeNs;
            long aheadNs = began + TimeUnit.SECONDS.toNanos(1) / EVENTS_PER_SECOND * (i + 1) - System.nanoTime();
            if (aheadNs > 0) {
                TimeUnit.NANOSECONDS.sleep(aheadNs);
            }
        }
        Arrays.sort(tookNs);
        System.out.printf(
                "broker %s: record takes p50 %d us, p99 %d us, at most %d us%n",
                what, tookNs[events / 2] / 1_000, tookNs[events * 99 / 100] / 1_000, tookNs[events - 1] / 1_000);
    }
}
