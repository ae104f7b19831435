package dev.touchstone.examples.replay;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.scoring.Score;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The customers under the ids of the file. They are kept only if they are to be shown. Not thread-safe. */
final class Customers {

    private static final Comparator<LabelledCustomer> WORST_FIRST = Comparator.comparing((LabelledCustomer customer) ->
                    !customer.experience().experience().isPresent())
            .thenComparingDouble(customer -> valueOf(customer.experience().experience()))
            .thenComparing(LabelledCustomer::label);

    private final boolean kept;
    private final PseudonymKey secret;
    private final Map<String, CustomerKey> keys = new HashMap<>();
    private final Map<CustomerKey, String> labels = new HashMap<>();
    private final Set<CustomerKey> seen = new HashSet<>();

    Customers(boolean kept, PseudonymKey secret) {
        this.kept = kept;
        this.secret = secret;
    }

    /** Sets the customer of an event that is being read. */
    void set(TouchpointEvent.Builder event, String customer) {
        CustomerKey known = keys.get(customer);
        if (known != null) {
            event.customer(known);
            return;
        }
        CustomerId id = CustomerId.of(customer);
        if (!id.isValid()) {
            event.customer(id);
            return;
        }
        CustomerKey key = id.key(secret);
        if (kept) {
            keys.put(customer, key);
            labels.putIfAbsent(key, customer.strip());
        }
        event.customer(key);
    }

    /** Is told that an event counts. */
    void accepted(TouchpointEvent event) {
        if (kept) {
            event.customerKey().ifPresent(seen::add);
        }
    }

    /** Returns what is known of each who has an event that counts, the worst first and those without a score last. */
    List<LabelledCustomer> worstFirst(Touchstone touchstone) {
        return labels.entrySet().stream()
                .filter(label -> seen.contains(label.getKey()))
                .map(label -> new LabelledCustomer(label.getValue(), touchstone.customer(label.getKey())))
                .sorted(WORST_FIRST)
                .toList();
    }

    private static double valueOf(Score score) {
        return score.isPresent() ? score.value() : 0;
    }
}
