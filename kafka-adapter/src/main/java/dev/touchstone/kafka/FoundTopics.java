package dev.touchstone.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that brokers have: the number of partitions and the settings of each. Immutable. */
record FoundTopics(Map<String, Integer> partitions, Map<String, Map<String, String>> settings) {

    /**
     * Asks the brokers about some topics; those that do not exist are left out.
     *
     * @throws EventsTopic.UnusableException if they do not answer
     */
    static FoundTopics at(TouchstoneKafka kafka, Set<String> names) {
        Admin admin = Admin.create(ProducerSettings.admin(kafka));
        try {
            Map<String, Integer> partitions = partitions(admin, names);
            return new FoundTopics(partitions, settings(admin, partitions.keySet()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EventsTopic.UnusableException("the brokers do not describe topics ("
                    + cause.getClass().getSimpleName() + "); check the addresses, the network and the permissions");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static Map<String, Integer> partitions(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        for (KafkaFuture<TopicDescription> topic :
                admin.describeTopics(names).topicNameValues().values()) {
            try {
                partitions.put(topic.get().name(), topic.get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }

    private static Map<String, Map<String, String>> settings(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        admin.describeConfigs(resources).all().get().forEach((topic, config) -> {
            Map<String, String> values = new HashMap<>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            }
            settings.put(topic.name(), values);
        });
        return settings;
    }
}
