package dev.touchstone.kafka;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outbox, one change after the other, on a thread of its own that survives whatever is thrown. A change
 * that cannot be handed to the producer is tried again before the next one, so the order stays. Used by one thread, except for
 * {@link #closeWithin}.
 */
final class Sender implements Runnable {

    private static final long LOOK_MS = 200;
    private static final long LEAST_PAUSE_MS = 500;

    private final TouchstoneKafka kafka;
    private final Outbox outbox;
    private final PublisherProblems problems;
    private final RecordFormat format;
    private final InstantSource clock;
    private final long mostPauseMs;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long closeByNs;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable CustomerChange pending;
    private @Nullable Exception failedAtOnce;
    private long pauseMs = LEAST_PAUSE_MS;
    private long retryErasuresAtNs = System.nanoTime();

    Sender(TouchstoneKafka kafka, Outbox outbox, PublisherProblems problems, InstantSource clock) {
        this.kafka = kafka;
        this.outbox = outbox;
        this.problems = problems;
        this.format = new RecordFormat(kafka.key());
        this.clock = clock;
        this.mostPauseMs = kafka.patience().pause().toMillis();
    }

    /** Lets it send what is there, for a time at most, and end. */
    void closeWithin(Duration patience) {
        closeByNs = System.nanoTime() + patience.toNanos();
        outbox.close();
        closing.countDown();
    }

    @Override
    public void run() {
        while (!outbox.isClosed() || ((pending != null || outbox.hasMore()) && leftNs() > 0)) {
            try {
                sendNext();
                pauseMs = LEAST_PAUSE_MS;
            } catch (InterruptedException | InterruptException e) {
                if (outbox.isClosed()) {
                    break; // the time is over
                }
                Thread.interrupted(); // not meant for this thread
            } catch (RuntimeException | Error e) { // also without memory: it is tried again
                problems.failed(reason(e));
                pause();
            }
        }
        end();
    }

    private long leftNs() {
        return closeByNs - System.nanoTime();
    }

    private void sendNext() throws InterruptedException {
        retryErasures();
        if (pending == null) {
            pending = outbox.next(LOOK_MS);
        }
        CustomerChange change = pending;
        if (change != null) {
            send(change);
            pending = null;
        }
    }

    /** Sends a change or drops it, or throws if it has to be tried again. */
    private void send(CustomerChange change) {
        ProducerRecord<byte[], byte[]> sent = written(change);
        if (sent == null) {
            return;
        }
        Producer<byte[], byte[]> open = producer == null ? open() : producer;
        Thread own = Thread.currentThread();
        failedAtOnce = null;
        try {
            Future<RecordMetadata> unused = open.send(sent, (metadata, failure) -> {
                if (failure == null) {
                    outbox.published(change);
                    problems.recovered();
                } else if (Thread.currentThread() == own) {
                    failedAtOnce = failure; // nothing was sent
                } else {
                    refused(change, failure);
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            reopen(); // this producer does not recover
            throw e;
        }
        Exception failure = failedAtOnce;
        if (failure instanceof RecordTooLargeException) {
            outbox.failed(change, Loss.TOO_LARGE);
        } else if (failure instanceof RuntimeException retried) {
            throw retried;
        }
    }

    private void refused(CustomerChange change, Exception failure) {
        problems.refused(reason(failure));
        outbox.failed(change, failure instanceof RecordTooLargeException ? Loss.TOO_LARGE : Loss.BROKER);
    }

    private @Nullable ProducerRecord<byte[], byte[]> written(CustomerChange change) {
        try {
            ProducerRecord<byte[], byte[]> record = format.write(content(change), kafka.eventsTopic());
            if (record.value().length <= RecordFormat.MAX_BYTES) {
                return record;
            }
            outbox.failed(change, Loss.TOO_LARGE);
        } catch (RuntimeException e) {
            outbox.failed(change, Loss.SERIALIZATION);
        }
        return null;
    }

    private TopicRecord content(CustomerChange change) {
        if (change instanceof CustomerChange.Assessed assessed) {
            TouchpointEvent event = assessed.event();
            return new TopicRecord.Happened(assessed.customer().orElse(null), event);
        }
        if (change instanceof CustomerChange.Identified identified) {
            return new TopicRecord.Identified(identified.guest(), identified.key(), clock.instant());
        }
        if (change instanceof CustomerChange.Forgotten forgotten) {
            return new TopicRecord.Forgotten(forgotten.key(), clock.instant());
        }
        if (change instanceof CustomerChange.CaseRequested requested) {
            return new TopicRecord.Requested(requested.request(), requested.time());
        }
        CustomerChange.Erased erased = (CustomerChange.Erased) change;
        return new TopicRecord.Erased(erased.key(), erased.time());
    }

    private Producer<byte[], byte[]> open() {
        problems.replication(EventsTopic.check(kafka));
        Producer<byte[], byte[]> opened = new KafkaProducer<>(ClientSettings.producer(kafka));
        producer = opened;
        return opened;
    }

    private void reopen() {
        Producer<byte[], byte[]> broken = producer;
        producer = null;
        if (broken != null) {
            broken.close(Duration.ZERO);
        }
    }

    private void retryErasures() {
        long nowNs = System.nanoTime();
        if (nowNs - retryErasuresAtNs >= 0) {
            outbox.retryRefused();
            retryErasuresAtNs = nowNs + TimeUnit.MILLISECONDS.toNanos(mostPauseMs);
        }
    }

    /** Returns what is said of a failure: never its message, which may have what was sent. */
    private static String reason(Throwable failure) {
        return failure instanceof EventsTopic.UnusableException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }

    private void pause() {
        try {
            if (closing.await(pauseMs, TimeUnit.MILLISECONDS)) {
                TimeUnit.MILLISECONDS.sleep(LEAST_PAUSE_MS); // the last seconds
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next call notices
        }
        pauseMs = Math.min(2 * pauseMs, mostPauseMs);
    }

    private void end() {
        try {
            if (producer != null) {
                producer.close(Duration.ofNanos(Math.max(0, leftNs())));
            }
        } catch (RuntimeException e) {
            problems.failed(reason(e));
        }
        if (pending != null) {
            outbox.failed(pending, Loss.BROKER);
        }
        outbox.clear();
    }
}
