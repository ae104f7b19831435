package dev.touchstone.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks at the topic of events before something is sent: a producer would let the broker create it, with one partition. */
final class EventsTopic {

    private EventsTopic() {}

    /**
     * Returns what is wrong with the copies of the topic; null if nothing is.
     *
     * @throws UnusableException if there is no such topic
     */
    static @Nullable String check(TouchstoneKafka kafka) {
        String topic = kafka.eventsTopic();
        Admin admin = Admin.create(ClientSettings.admin(kafka));
        try {
            int copies = copies(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next());
            return copies >= kafka.minimumReplication()
                    ? null
                    : "topic " + topic + " has replication factor " + copies + ", expected at least "
                            + kafka.minimumReplication() + "; events are lost with a broker; raise it, or set the"
                            + " minimum replication to " + copies;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UnusableException("topic " + topic + " does not exist; create it");
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnusableException("the brokers do not describe topic " + topic + " ("
                    + cause.getClass().getSimpleName() + "); check the addresses, the network and the permissions");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Returns the number of copies of the partition that has the fewest. */
    static int copies(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    /** The topic cannot be used. The message is for people and has nothing of what was sent. */
    static class UnusableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }
}
