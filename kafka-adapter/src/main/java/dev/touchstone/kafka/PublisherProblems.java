package dev.touchstone.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps changes from Kafka, for health and the log. It never repeats the message of an exception. Thread-safe. */
final class PublisherProblems {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final long STUCK_NS = Duration.ofSeconds(15).toNanos();

    private final Outbox outbox;
    private final Lately dropping;
    private volatile @Nullable String failure;
    private volatile @Nullable String refusal;
    private volatile @Nullable String replication;

    PublisherProblems(Outbox outbox, LongSupplier nanoTime) {
        this.outbox = outbox;
        this.dropping = new Lately(nanoTime);
    }

    /** Says that nothing can be sent now. */
    void failed(String what) {
        if (failure == null) {
            LOGGER.warn("Kafka does not accept changes of customers; they wait and are sent again: {}", what);
        }
        failure = what;
    }

    /** Says that changes can be sent. */
    void recovered() {
        if (failure != null) {
            LOGGER.info("Kafka accepts changes of customers again");
            failure = null;
        }
    }

    /** Says that the broker refused a change, whatever becomes of the next one. */
    void refused(String why) {
        if (refusal == null) {
            LOGGER.warn("Kafka refused a change of a customer: {}", why);
        }
        refusal = why;
    }

    /** Says what is wrong with the copies of the topic; null if nothing is. */
    void replication(@Nullable String what) {
        if (what != null) {
            LOGGER.warn("{}", what);
        }
        replication = what;
    }

    /** Returns all that is wrong, as one line. */
    Optional<String> text() {
        StringJoiner all = new StringJoiner("; ", "kafka: ", "");
        all.setEmptyValue("");
        String failed = failure;
        long stuckNs = outbox.stuckNs();
        if (failed != null) {
            all.add(failed + "; " + outbox.waiting() + " changes wait");
        } else if (stuckNs > STUCK_NS) {
            all.add("the brokers have not confirmed anything for " + TimeUnit.NANOSECONDS.toSeconds(stuckNs) + " s; "
                    + outbox.waiting() + " changes wait; check the brokers and the network");
        }
        if (outbox.waitingErasures() > 0 && (failed != null || stuckNs > STUCK_NS)) {
            all.add(outbox.waitingErasures() + " erasures are among them; they are lost if the process ends now");
        }
        if (outbox.lostErasures() > 0) {
            all.add(outbox.lostErasures() + " erasures were not published; erase these customers again");
        }
        if (isDropping()) {
            all.add("changes were dropped within the last five minutes"
                    + (refusal == null ? "" : ", the latest refusal being " + refusal)
                    + "; health has the reasons");
        }
        String copies = replication;
        if (copies != null) {
            all.add(copies);
        }
        return all.length() == 0 ? Optional.empty() : Optional.of(all.toString());
    }

    private boolean isDropping() {
        return dropping.hasGrown(
                outbox.dropped().values().stream().mapToLong(Long::longValue).sum());
    }
}
