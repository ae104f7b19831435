package dev.touchstone.telemetry;

import dev.touchstone.EventEnricher;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries a customer's pseudonym and the channel to the services that are called for them, in OpenTelemetry's baggage
 * ({@code touchstone.customer}), which the application's instrumentation passes on. What arrives is believed only if it
 * was sealed under the same secret by one of the services that are listed: everybody else who writes such baggage is
 * ignored. Add it to an instance as an enricher. Immutable and thread-safe.
 */
public final class CustomerBaggage implements EventEnricher {

    /** The name of the entry in the baggage. */
    public static final String ENTRY = "touchstone.customer";

    private static final String SEPARATOR = ";";
    private static final int PARTS = 5;
    private static final int MOST_CHARACTERS = 256;

    private final PseudonymKey key;
    private final String service;
    private final Set<String> callers;

    /**
     * Makes one.
     *
     * @param key the secret that the services share, under which customers are pseudonyms in each of them
     * @param service the name of this service, under which it seals
     * @param callers the names of the services that are believed
     * @throws IllegalArgumentException if a name is not 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
     */
    public CustomerBaggage(PseudonymKey key, String service, Set<String> callers) {
        checkName(service);
        callers.forEach(CustomerBaggage::checkName);
        this.key = key;
        this.service = service;
        this.callers = Set.copyOf(callers);
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "the name of a service is 1 to 64 letters, digits, '.', '_' or '-', not \"" + name + "\"");
        }
    }

    /**
     * Returns a context with the customer in its baggage, to be made current around calls of other services.
     *
     * @param channel the channel that the customer uses; {@link Channel#UNKNOWN} is not carried
     */
    public Context with(Context context, CustomerKey customer, Channel channel) {
        return context.with(Baggage.fromContext(context).toBuilder()
                .put(ENTRY, entry(customer, channel))
                .build());
    }

    /**
     * Returns the value of the entry {@value #ENTRY}, for whoever does not keep baggage in OpenTelemetry's context.
     *
     * @param channel the channel that the customer uses; {@link Channel#UNKNOWN} is not carried
     */
    public String entry(CustomerKey customer, Channel channel) {
        String told =
                String.join(SEPARATOR, key.id(), service, customer.toString(), channel.isKnown() ? channel.name() : "");
        return told + SEPARATOR + key.seal(told);
    }

    /** Completes an event with the customer in the current context, and with the channel if it has none. */
    @Override
    public TouchpointEvent enrich(TouchpointEvent event) {
        Carried carried = carried(Baggage.current().getEntryValue(ENTRY));
        if (carried == null) {
            return event;
        }
        TouchpointEvent.Builder completed = event.toBuilder().customer(carried.customer);
        if (event.channel().isEmpty()) {
            carried.channel.ifPresent(completed::channel);
        }
        return completed.build();
    }

    private @Nullable Carried carried(@Nullable String told) {
        if (told == null || told.length() > MOST_CHARACTERS) {
            return null;
        }
        String[] parts = told.split(SEPARATOR, -1);
        if (parts.length != PARTS || !parts[0].equals(key.id()) || !callers.contains(parts[1])) {
            return null;
        }
        String sealed = told.substring(0, told.lastIndexOf(SEPARATOR));
        if (!MessageDigest.isEqual(bytes(key.seal(sealed)), bytes(parts[4]))) {
            return null;
        }
        Optional<Channel> channel = parts[3].isEmpty() ? Optional.empty() : Optional.of(Channel.of(parts[3]));
        return new Carried(CustomerKey.parse(parts[2]), channel);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Carried(CustomerKey customer, Optional<Channel> channel) {}
}
