package dev.touchstone.examples.replay;

import dev.touchstone.CustomerExperience;
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

/**
 * The customers under the ids of the file. Unless they are to be shown, only the keys of the first ids are held.
 *
 * <p>One thread reads lines and calls {@link #set} and {@link #name}; another one records them and calls {@link #accepted} and
 * {@link #identify}. The rest is called after both.
 */
final class Customers {

    /** The prefix of an id that marks a guest. */
    static final String GUEST = "guest:";

    private static final Comparator<LabelledCustomer> WORST_FIRST = Comparator.comparing((LabelledCustomer customer) ->
                    !customer.experience().experience().isPresent())
            .thenComparingDouble(customer -> valueOf(customer.experience().experience()))
            .thenComparing(LabelledCustomer::label);

    /** For files with more customers than the memo of the pseudonym key has places; computing keys was 7 % of a replay. */
    private static final int MAX_KEYS = 1 << 16;

    private final boolean kept;
    private final PseudonymKey secret;
    // of the thread that reads
    private final Map<String, CustomerKey> keys = new HashMap<>();
    private final Map<CustomerKey, String> labels = new HashMap<>();
    // of the thread that records
    private final Set<CustomerKey> seen = new HashSet<>();
    private final Map<CustomerKey, CustomerKey> identified = new HashMap<>();

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
        CustomerId id = id(customer);
        if (id.isValid()) {
            event.customer(key(customer, id));
        } else {
            event.customer(id);
        }
    }

    private static CustomerId id(String customer) {
        return customer.startsWith(GUEST)
                ? CustomerId.anonymous(customer.substring(GUEST.length()))
                : CustomerId.of(customer);
    }

    private CustomerKey key(String customer, CustomerId id) {
        CustomerKey key = id.key(secret);
        if (kept || keys.size() < MAX_KEYS) {
            keys.put(customer, key);
        }
        if (kept) {
            labels.putIfAbsent(key, customer.strip());
        }
        return key;
    }

    /** Notes how the ids of a guest and a customer are written. Both are valid. */
    void name(Line.Identity identity) {
        if (kept) {
            String guest = GUEST + identity.guest();
            key(guest, id(guest));
            key(identity.customer(), id(identity.customer()));
        }
    }

    /** Notes an event that was accepted. */
    void accepted(TouchpointEvent event) {
        if (kept) {
            event.customerKey().ifPresent(seen::add);
        }
    }

    /** Merges a guest into a customer. Both ids are valid. */
    void identify(Touchstone touchstone, Line.Identity identity) {
        CustomerId guestId = id(GUEST + identity.guest());
        CustomerId customerId = id(identity.customer());
        touchstone.identify(guestId, customerId);
        if (kept) {
            CustomerKey guestKey = guestId.key(secret);
            CustomerKey customerKey = customerId.key(secret);
            identified.put(guestKey, customerKey);
            if (seen.contains(guestKey)) {
                seen.add(customerKey);
            }
        }
    }

    /**
     * Returns the state of each customer with an accepted event, the worst first and those without a score last. A guest
     * that became a customer is not listed again.
     */
    List<LabelledCustomer> worstFirst(Touchstone touchstone) {
        return labels.entrySet().stream()
                .filter(label -> seen.contains(label.getKey()) && !isMerged(label.getKey(), touchstone))
                .map(label -> new LabelledCustomer(label.getValue(), touchstone.customer(label.getKey())))
                .sorted(WORST_FIRST)
                .toList();
    }

    private boolean isMerged(CustomerKey guest, Touchstone touchstone) {
        CustomerKey customer = identified.get(guest);
        if (customer == null) {
            return false;
        }
        CustomerExperience own = touchstone.customer(guest);
        CustomerExperience merged = touchstone.customer(customer);
        return own.lastEventAt().isEmpty()
                || (own.lastEventAt().equals(merged.lastEventAt()) && own.count() == merged.count());
    }

    private static double valueOf(Score score) {
        return score.isPresent() ? score.value() : 0;
    }
}
