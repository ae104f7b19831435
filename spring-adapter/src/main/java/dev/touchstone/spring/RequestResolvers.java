package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Interaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Everybody who is asked about a request. All of them are guarded: whatever they do, the request goes on. Thread-safe.
 *
 * @param <S> the request
 */
final class RequestResolvers<S> {

    private final CustomerResolver<S> customer;
    private final List<ChannelResolver<S>> channels;
    private final List<ConsentResolver<S>> consents;

    RequestResolvers(
            CustomerResolver<S> customer,
            ObjectProvider<ChannelResolver<S>> channels,
            ObjectProvider<ConsentResolver<S>> consents) {
        this.customer = customer;
        // the first one that finds a channel shall hold, and of several that are set the last one does
        this.channels = new ArrayList<>(channels.orderedStream().toList());
        Collections.reverse(this.channels);
        this.consents = consents.orderedStream().toList();
    }

    CustomerResolver<S> customer() {
        return customer;
    }

    /** Adds all that is known when a request comes in. */
    void begin(Interaction interaction, S request) {
        consents.forEach(consent -> interaction.consent(consent, request));
        channels.forEach(channel -> interaction.channel(channel, request));
        presume(interaction, request);
    }

    /** Looks for the customer, who may have become known since, or be gone soon. */
    void presume(Interaction interaction, S request) {
        interaction.presume(customer, request);
    }
}
