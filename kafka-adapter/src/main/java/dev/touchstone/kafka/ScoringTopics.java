package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.touchstone.event.CustomerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;

/**
 * The topics of scoring, and what has to be set on them. An erased customer is gone from a compacted topic only when the log was
 * compacted, so these have a longest time until then. Immutable.
 *
 * @param events the topic of events
 * @param moves where partitions write to each other
 * @param arrivals where they read what others wrote; the same topic, except in tests
 * @param changes where it is written what was counted at touchpoints and of journeys
 * @param additions where that is read; the same topic, except in tests
 * @param scores the state of each customer
 * @param scopes the sums of touchpoints and journeys
 * @param signals the signals
 * @param deadLetters the records that were refused
 */
record ScoringTopics(
        String events,
        String moves,
        String arrivals,
        String changes,
        String additions,
        String scores,
        String scopes,
        String signals,
        String deadLetters) {

    /** How long an erased customer is in a compacted topic at most, unless a longer time is allowed. */
    static final Duration COMPACTED_WITHIN = Duration.ofDays(7);

    private static final int SCOPES_SEGMENT = 16 << 20;
    private static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;
    private static final String DELETE = TopicConfig.CLEANUP_POLICY_DELETE;

    /** Returns the topics whose names begin with a prefix. */
    static ScoringTopics of(String prefix) {
        return new ScoringTopics(
                prefix + "-events",
                prefix + "-moves",
                prefix + "-moves",
                prefix + "-scope-changes",
                prefix + "-scope-changes",
                prefix + "-scores",
                prefix + "-scopes",
                prefix + "-signals",
                prefix + "-dead-letters");
    }

    /** Returns the partition of a customer, as a producer chooses it by the key. */
    static int partition(CustomerKey customer, int partitions) {
        return partition(customer.toString(), partitions);
    }

    static int partition(String customer, int partitions) {
        return Utils.toPositive(Utils.murmur2(customer.getBytes(US_ASCII))) % partitions;
    }

    /** Returns the settings with which a topic that the topology writes is created, by the topic. */
    Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new TreeMap<>();
        settings.put(moves, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, DELETE));
        settings.put(changes, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, DELETE));
        settings.put(scores, compacted());
        settings.put(
                scopes,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        COMPACT,
                        // few keys that change each second: a new reader reads little more than the last segment
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(SCOPES_SEGMENT)));
        settings.put(signals, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, DELETE));
        settings.put(deadLetters, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, DELETE));
        return settings;
    }

    /** Returns the settings of a compacted topic with customers. */
    static Map<String, String> compacted() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                COMPACT,
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                Long.toString(COMPACTED_WITHIN.toMillis()));
    }

    /**
     * Returns what is wrong with topics as they are; nothing if all is well.
     *
     * @param found the settings of each topic that is there, as the brokers say
     * @param partitions the number of partitions of each topic that is there
     */
    List<String> problems(Map<String, Map<String, String>> found, Map<String, Integer> partitions) {
        List<String> problems = new ArrayList<>();
        settings().forEach((topic, wanted) -> {
            Map<String, String> is = found.get(topic);
            if (is == null) {
                problems.add("topic " + topic + " does not exist; create it with " + new TreeMap<>(wanted));
            } else {
                check(topic, wanted, is, problems);
            }
        });
        Integer ofEvents = partitions.get(events);
        if (ofEvents == null) {
            problems.add("topic " + events + " does not exist; create it");
            return problems;
        }
        // a customer is found in the partition of the same number
        for (String topic : List.of(moves, changes, scores)) {
            Integer number = partitions.get(topic);
            if (number != null && !number.equals(ofEvents)) {
                problems.add("topic " + topic + " has " + number + " partitions and " + events + " has " + ofEvents
                        + "; both need the same number; create " + topic + " anew");
            }
        }
        return problems;
    }

    private static void check(String topic, Map<String, String> wanted, Map<String, String> is, List<String> problems) {
        String policy = is.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, DELETE);
        boolean compacts = List.of(policy.split(",")).contains(COMPACT);
        if (compacts != COMPACT.equals(wanted.get(TopicConfig.CLEANUP_POLICY_CONFIG))) {
            problems.add("topic " + topic + " has cleanup.policy=" + policy + "; it has to be "
                    + wanted.get(TopicConfig.CLEANUP_POLICY_CONFIG));
        }
        String longest = wanted.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
        if (longest != null) {
            String set = is.getOrDefault(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(Long.MAX_VALUE));
            if (Long.parseLong(set) > Long.parseLong(longest)) {
                problems.add("topic " + topic + " has max.compaction.lag.ms=" + set
                        + ": erased customers would stay in it; set it to at most " + longest);
            }
        }
    }
}
