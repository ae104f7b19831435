package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.kafka.tests.Broker;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.StoreKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/** What was counted: by plain addition of the topic of events, or as the topology has it. */
final class Totals {

    private static final String JOURNEY = "purchase";
    private static final ScoringTopics TOPICS = ScoringTopics.of(TouchstoneKafka.DEFAULT_TOPIC_PREFIX);

    private final Map<String, Long> counts = new TreeMap<>();

    private void add(String what, long number) {
        if (number != 0) {
            counts.merge(what, number, Long::sum);
        }
    }

    /** Adds up the events that pods published: the topology has no part in it. */
    static Totals published(Broker broker, PseudonymKey key) {
        RecordFormat format = new RecordFormat(key);
        Map<CustomerKey, CustomerKey> known = new HashMap<>();
        Map<CustomerKey, Long> events = new HashMap<>();
        Set<String> ids = new HashSet<>();
        Set<CustomerKey> onJourney = new HashSet<>();
        Totals totals = new Totals();
        Committed.read(broker, TOPICS.events(), read -> {
            TopicRecord content;
            try {
                content = format.read(read.key(), read.value(), read.headers());
            } catch (RefusedRecordException e) {
                throw new IllegalStateException(e);
            }
            if (content instanceof TopicRecord.Identified identified) {
                known.put(identified.guest(), identified.customer());
            } else if (content instanceof TopicRecord.Happened happened) {
                TouchpointEvent event = happened.event();
                if (event.idKey(key).map(id -> !ids.add(id.toString())).orElse(false)) {
                    return;
                }
                CustomerKey customer = happened.customer();
                events.merge(customer, 1L, Long::sum);
                String touchpoint = event.touchpoint();
                totals.add("touchpoint " + touchpoint, 1);
                if (touchpoint.equals("basket")) {
                    totals.add("journeys begun", onJourney.add(customer) ? 1 : 0);
                } else if (touchpoint.equals("pay") && event.outcome().equals(Optional.of(Outcome.SUCCESS))) {
                    // a payment without a basket is outside any journey
                    totals.add("journeys completed", onJourney.remove(customer) ? 1 : 0);
                }
            }
        });
        events.forEach((customer, number) -> totals.add("customer " + known.getOrDefault(customer, customer), number));
        return totals;
    }

    /** Reads the state of the topology from its changelog, and the sums. */
    static Totals scored(Broker broker, PseudonymKey key) {
        Totals totals = new Totals();
        Map<CustomerKey, byte[]> state = new LinkedHashMap<>();
        Committed.latest(broker, ScorerCluster.APPLICATION + "-" + ScoringTopology.CUSTOMERS + "-changelog")
                .forEach((entry, value) -> {
                    if (entry.get()[0] == StoreKeys.CUSTOMERS.first()[0]) {
                        state.put(StoreKeys.customer(entry.get()), value);
                    }
                });
        totals.addCustomers("customer ", state, key);
        Map<Bytes, byte[]> scopes = Committed.latest(broker, TOPICS.scopes());
        ScopeSums sums = new ScopeSums(ScoreModel.STANDARD);
        scopes.forEach((scope, bytes) -> {
            String name = new String(scope.get(), UTF_8);
            if (!name.startsWith("t:") && !name.startsWith("j:")) {
                return;
            }
            ScopeSums.Sum sum = sums.read(bytes);
            if (sum.cell() != null) {
                totals.add(
                        "touchpoint " + name.substring(name.lastIndexOf(':') + 1),
                        sum.cell().windows().count());
            }
            if (sum.journey() != null && name.equals(ScopeKey.journey(JOURNEY))) {
                totals.add("journeys begun", sum.opened());
                totals.add(
                        "journeys completed",
                        sum.journey().completedSteps().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
            }
        });
        return totals;
    }

    /** Reads the topic of scores. */
    static Totals sent(Broker broker, PseudonymKey key) {
        Map<CustomerKey, byte[]> scores = new LinkedHashMap<>();
        Committed.latest(broker, TOPICS.scores()).forEach((record, value) -> {
            CustomerKey customer = RecordFormat.customer(new String(record.get(), US_ASCII));
            if (customer != null) { // else it is a recovery case
                scores.put(customer, value);
            }
        });
        Totals totals = new Totals();
        totals.addCustomers("customer ", scores, key);
        return totals;
    }

    private void addCustomers(String what, Map<CustomerKey, byte[]> bytes, PseudonymKey key) {
        Scores scores = new Scores(
                bytes,
                Touchstone.builder()
                        .lifetime()
                        .care()
                        .catalog(CatalogJson.read("catalog", ScorerCluster.CATALOG.getBytes(UTF_8))
                                .build())
                        .pseudonymKey(key));
        bytes.keySet()
                .forEach(customer ->
                        add(what + customer, scores.customer(customer).count()));
    }

    /** Returns those that are of customers. */
    Totals customers() {
        Totals totals = new Totals();
        counts.forEach((what, number) -> {
            if (what.startsWith("customer ")) {
                totals.add(what, number);
            }
        });
        return totals;
    }

    /** Returns the number of customers. */
    long numberOfCustomers() {
        return customers().counts.size();
    }

    /** Returns the number of events of customers. */
    long events() {
        return customers().counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the number under a name. */
    long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Returns what differs: each with the number here and the number there. */
    Map<String, String> differences(Totals there) {
        Set<String> all = new TreeSet<>(counts.keySet());
        all.addAll(there.counts.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String what : all) {
            if (count(what) != there.count(what)) {
                differences.put(what, count(what) + " and " + there.count(what));
            }
        }
        return differences;
    }

    /** Returns whether more was counted here than there; a guest may still be on the way to a customer. */
    boolean exceeds(Totals there) {
        return events() > there.events()
                || counts.entrySet().stream()
                        .anyMatch(entry -> !entry.getKey().startsWith("customer ")
                                && entry.getValue() > there.count(entry.getKey()));
    }
}
