package dev.touchstone.kafka;

import dev.touchstone.Touchstone;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what an instance admits to the topic of events: each event once, also if it has two assessments, each
 * identification, each end of one, and each erasure, under pseudonyms. The changes of a customer arrive in the order in which this listener
 * received them, each once as long as the process lives.
 *
 * <p>Changes wait in a bounded buffer for a thread of this publisher. Recording never waits for a broker; what does not fit is
 * dropped and counted. Erasures always fit, and one that the broker refuses is sent again. While the broker is away, changes
 * wait in memory: they are lost if the process ends before it is back. Thread-safe.
 */
public final class KafkaPublisher implements CustomerListener, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaPublisher.class);
    /** The sender may be in a call that takes a second. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final TouchstoneKafka kafka;
    private final Outbox outbox;
    private final PublisherProblems problems;
    private final Sender sender;
    private final Object starting = new Object();
    private volatile @Nullable Thread thread;

    KafkaPublisher(TouchstoneKafka kafka) {
        this.kafka = kafka;
        this.outbox = new Outbox(kafka.capacity(), System::nanoTime);
        this.problems = new PublisherProblems(outbox, System::nanoTime);
        this.sender = new Sender(kafka, outbox, problems, InstantSource.system());
    }

    @Override
    public void changed(CustomerChange change) {
        if (isPublished(change)) {
            outbox.offer(change);
            if (thread == null) {
                start();
            }
        }
    }

    private static boolean isPublished(CustomerChange change) {
        if (change instanceof CustomerChange.Assessed assessed) {
            // the answer of an event that is also something that happened is in the same record
            return assessed.assessment().kind() == Assessment.Kind.EVENT
                    || !assessed.event().happened();
        }
        return change instanceof CustomerChange.Identified
                || change instanceof CustomerChange.Forgotten
                || change instanceof CustomerChange.CaseRequested
                || change instanceof CustomerChange.Erased;
    }

    private void start() {
        synchronized (starting) {
            if (thread == null && !outbox.isClosed()) {
                Thread fresh = new Thread(this::run, "touchstone-kafka");
                fresh.setDaemon(true);
                fresh.setContextClassLoader(KafkaPublisher.class.getClassLoader()); // Kafka loads classes by it
                thread = fresh; // before it runs, and may end
                boolean started = false;
                try {
                    fresh.start();
                    started = true;
                } finally {
                    if (!started) {
                        thread = null;
                    }
                }
            }
        }
    }

    private void run() {
        boolean ended = false;
        try {
            sender.run();
            ended = true;
        } finally {
            if (!ended) {
                thread = null; // so that the next change starts another one
            }
        }
    }

    @Override
    public Optional<String> problem() {
        return problems.text();
    }

    /** Returns the number of changes that were dropped, by {@code kafka.} and the {@linkplain Loss#code() reason}. */
    @Override
    public Map<String, Long> lost() {
        Map<String, Long> lost = new TreeMap<>();
        outbox.dropped().forEach((reason, count) -> lost.put("kafka." + reason.code(), count));
        return lost;
    }

    /** Returns what became of the changes so far. */
    public Status status() {
        return new Status(
                outbox.published(),
                outbox.dropped(),
                outbox.waiting(),
                problem().orElse(null));
    }

    /**
     * Reports {@code touchstone.kafka.published}, {@code touchstone.kafka.dropped} by reason and {@code
     * touchstone.kafka.buffered} until what it returns is closed.
     *
     * @param touchstone the instance, for its name
     */
    public BatchCallback metrics(Touchstone touchstone, OpenTelemetry openTelemetry) {
        return PublisherMetrics.register(this, touchstone.name(), openTelemetry.getMeter("dev.touchstone"));
    }

    /** Sends for at most 5 seconds what is waiting, and drops the rest. Closing again does nothing. */
    @Override
    public void close() {
        Thread running;
        synchronized (starting) {
            if (outbox.isClosed()) {
                return;
            }
            sender.closeWithin(kafka.patience().closing());
            running = thread;
        }
        if (running != null) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(
                        running, kafka.patience().closing().plus(GRACE).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.interrupt(); // if it is still there
        }
        outbox.clear();
        if (outbox.lostErasures() > 0) {
            LOGGER.error(
                    "Kafka did not accept {} erasures before the instance was closed; erase these customers again",
                    outbox.lostErasures());
        }
    }

    @Override
    public String toString() {
        return "KafkaPublisher of " + kafka;
    }

    /** Why a change was not published. */
    public enum Loss {
        /** As many changes as fit were waiting. */
        BUFFER_FULL("buffer_full"),
        /** The record is larger than readers or brokers accept. */
        TOO_LARGE("too_large"),
        /** It could not be written as a record. */
        SERIALIZATION("serialization"),
        /** The broker refused it, or did not accept it before the publisher was closed. */
        BROKER("broker");

        private final String code;

        Loss(String code) {
            this.code = code;
        }

        /** Returns the name in metrics. */
        public String code() {
            return code;
        }
    }

    /** What became of the changes of an instance. Immutable. */
    public static final class Status {

        private final long published;
        private final Map<Loss, Long> dropped;
        private final int waiting;
        private final @Nullable String problem;

        Status(long published, Map<Loss, Long> dropped, int waiting, @Nullable String problem) {
            this.published = published;
            this.dropped = Collections.unmodifiableMap(dropped);
            this.waiting = waiting;
            this.problem = problem;
        }

        /** Returns the number of changes that the brokers accepted. */
        public long published() {
            return published;
        }

        /** Returns the number of changes that were dropped by reason; each reason is present. */
        public Map<Loss, Long> dropped() {
            return dropped;
        }

        /** Returns the number of changes that were dropped for a reason. */
        public long dropped(Loss reason) {
            return dropped.getOrDefault(reason, 0L);
        }

        /** Returns the number of changes that wait for the broker, those that were sent and not confirmed among them. */
        public int waiting() {
            return waiting;
        }

        /** Returns what is wrong now and what to do about it; empty if nothing is. */
        public Optional<String> problem() {
            return Optional.ofNullable(problem);
        }

        @Override
        public String toString() {
            return "published " + published + ", dropped " + dropped + ", waiting " + waiting
                    + (problem == null ? "" : ", " + problem);
        }
    }
}
