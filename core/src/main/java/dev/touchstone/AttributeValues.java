package dev.touchstone;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Warning;
import java.util.function.Function;

/** Returns values of declared attributes that may be stored: never the id of the event's customer. Thread-safe. */
final class AttributeValues {

    private final Function<CustomerId, CustomerKey> key;
    private final Counters counters;

    /** @param key returns the pseudonym of a customer */
    AttributeValues(Function<CustomerId, CustomerKey> key, Counters counters) {
        this.key = key;
        this.counters = counters;
    }

    /**
     * Returns the value of an attribute; blank if the event has none, or if the value is the customer's id, which
     * counts a warning.
     */
    String of(String attribute, Admitted admitted) {
        String value = admitted.event().attributes().getOrDefault(attribute, "");
        if (!value.isEmpty() && isOfCustomer(value, admitted)) {
            counters.warn(Warning.PERSONAL_EFFECT);
            return "";
        }
        return value;
    }

    /** Returns whether a text is the id of the event's customer, also if the event carries only the pseudonym. */
    private boolean isOfCustomer(String text, Admitted admitted) {
        CustomerId known = CustomerId.of(text);
        CustomerId guest = CustomerId.anonymous(text);
        CustomerId customer = admitted.event().customerIdOrNull();
        if (customer != null) {
            return customer.equals(known) || customer.equals(guest);
        }
        return known.isValid()
                && (key.apply(known).equals(admitted.customer())
                        || key.apply(guest).equals(admitted.customer()));
    }
}
