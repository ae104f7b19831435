package dev.touchstone.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/** Creates the topics of scoring that are missing, and checks those that are there. */
final class TopicsAtStart {

    private static final int MOST_LOOKS = 20;
    private static final long LOOK_MS = 250;

    private final TouchstoneKafka kafka;
    private final ScoringTopics topics;
    private final Admin admin;

    private TopicsAtStart(TouchstoneKafka kafka, ScoringTopics topics, Admin admin) {
        this.kafka = kafka;
        this.topics = topics;
        this.admin = admin;
    }

    /**
     * Creates and checks the topics.
     *
     * @return the number of partitions of the customers
     * @throws WrongTopicsException if topics are not as they have to be
     * @throws EventsTopic.UnusableException if the brokers do not answer
     */
    static int prepare(TouchstoneKafka kafka, ScoringTopics topics) {
        Admin admin = Admin.create(ClientSettings.admin(kafka));
        try {
            return new TopicsAtStart(kafka, topics, admin).prepare();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private int prepare() {
        Map<String, Map<String, String>> wanted = new TreeMap<>(topics.settings());
        wanted.put(topics.events(), Map.of());
        create(wanted);
        Map<String, TopicDescription> found = described(wanted.keySet());
        Map<String, Integer> numbers = new HashMap<>();
        found.forEach((topic, description) ->
                numbers.put(topic, description.partitions().size()));
        List<String> problems = new ArrayList<>(topics.problems(settings(wanted.keySet()), numbers));
        found.forEach((topic, description) -> {
            int copies = EventsTopic.copies(description);
            if (copies < kafka.minimumReplication()) {
                problems.add("topic " + topic + " has replication factor " + copies + ", expected at least "
                        + kafka.minimumReplication() + "; raise it, or set the minimum replication to " + copies);
            }
        });
        if (!problems.isEmpty()) {
            throw new WrongTopicsException(String.join("; ", problems));
        }
        return Objects.requireNonNull(numbers.get(topics.events()));
    }

    /** Topics that were just created are not known to every broker at once. */
    private Map<String, TopicDescription> described(Collection<String> names) {
        for (int left = MOST_LOOKS; ; left--) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (ExecutionException e) {
                if (left == 0 || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("describe the topics", e);
                }
                Utils.sleep(LOOK_MS);
            }
        }
    }

    /** Creates what is missing. */
    private void create(Map<String, Map<String, String>> wanted) {
        Set<String> there = done("list the topics", admin.listTopics().names());
        int partitions = there.contains(topics.events())
                ? described(List.of(topics.events()))
                        .values()
                        .iterator()
                        .next()
                        .partitions()
                        .size()
                : kafka.partitions();
        List<NewTopic> missing = wanted.entrySet().stream()
                .filter(topic -> !there.contains(topic.getKey()))
                .map(topic -> new NewTopic(topic.getKey(), partitions, (short) kafka.minimumReplication())
                        .configs(topic.getValue()))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) { // another instance was faster
                    throw failed("create the topics " + names(missing), e);
                }
            }
        }
    }

    private static List<String> names(Collection<NewTopic> topics) {
        return topics.stream().map(NewTopic::name).sorted().toList();
    }

    private Map<String, Map<String, String>> settings(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> described = done(
                "describe the settings of the topics",
                admin.describeConfigs(resources).all());
        Map<String, Map<String, String>> settings = new HashMap<>();
        described.forEach((resource, config) -> {
            Map<String, String> values = new HashMap<>();
            for (ConfigEntry entry : config.entries()) {
                values.put(entry.name(), entry.value());
            }
            settings.put(resource.name(), values);
        });
        return settings;
    }

    private static <T> T done(String what, KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw failed(what, e);
        }
    }

    /** Topics are not as they have to be, which waiting does not change. */
    static final class WrongTopicsException extends EventsTopic.UnusableException {

        private static final long serialVersionUID = 1L;

        private WrongTopicsException(String message) {
            super(message);
        }
    }

    private static EventsTopic.UnusableException failed(String what, ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new EventsTopic.UnusableException("the brokers do not " + what + " ("
                + cause.getClass().getSimpleName()
                + "); check the addresses, the network, the permissions, and whether there are as many brokers as the"
                + " minimum replication");
    }
}
