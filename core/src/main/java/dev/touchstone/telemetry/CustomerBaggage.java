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
 * Propagates the pseudonym of a customer and the channel to downstream services in OpenTelemetry baggage
 * ({@code touchstone.customer}), which the instrumentation of the application transmits. Incoming baggage is accepted
 * only if one of the listed services sealed it under the same secret; all other baggage is ignored. Add it to an
 * instance as an enricher. Immutable and thread-safe.
 */
public final class CustomerBaggage implements EventEnricher {

    /** The name of the baggage entry. */
    public static final String ENTRY = "touchstone.customer";

    private static final String SEPARATOR = ";";
    private static final int PARTS = 5;
    private static final int MOST_CHARACTERS = 256;

    private final PseudonymKey key;
    private final String service;
    private final Set<String> callers;

    /**
     * Creates an enricher.
     *
     * @param key the secret that the services share, which gives a customer the same pseudonym in each of them
     * @param service the name of this service, included in its seals
     * @param callers the names of the trusted services
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
                    "service name \"" + name + "\": expected 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    /**
     * Returns a context with the customer in its baggage. Make it current around calls to other services.
     *
     * @param channel the channel of the customer; {@link Channel#UNKNOWN} is not propagated
     */
    public Context with(Context context, CustomerKey customer, Channel channel) {
        return context.with(Baggage.fromContext(context).toBuilder()
                .put(ENTRY, entry(customer, channel))
                .build());
    }

    /**
     * Returns the value of the entry {@value #ENTRY}, for applications whose baggage is not in the OpenTelemetry
     * context.
     *
     * @param channel the channel of the customer; {@link Channel#UNKNOWN} is not propagated
     */
    public String entry(CustomerKey customer, Channel channel) {
        String entry =
                String.join(SEPARATOR, key.id(), service, customer.toString(), channel.isKnown() ? channel.name() : "");
        return entry + SEPARATOR + key.seal(entry);
    }

    /** Sets the customer of the current context on an event, and the channel if the event has none. */
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

    private @Nullable Carried carried(@Nullable String entry) {
        if (entry == null || entry.length() > MOST_CHARACTERS) {
            return null;
        }
        String[] parts = entry.split(SEPARATOR, -1);
        if (parts.length != PARTS || !parts[0].equals(key.id()) || !callers.contains(parts[1])) {
            return null;
        }
        String sealed = entry.substring(0, entry.lastIndexOf(SEPARATOR));
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
