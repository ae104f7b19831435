package dev.touchstone.http;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import java.util.List;

/**
 * The application's callbacks that describe a request. Each call is guarded: a callback that throws is counted, and the
 * request continues. Immutable.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 * @param customers finds the customer
 * @param channels find the channel; the first one found is used
 * @param consents find what the customer consents to; the strictest answer applies
 * @param outcomes classifies the finished request
 */
public record RequestResolvers<S>(
        CustomerResolver<S> customers,
        List<ChannelResolver<S>> channels,
        List<ConsentResolver<S>> consents,
        OutcomeClassifier<S> outcomes) {

    public RequestResolvers {
        channels = List.copyOf(channels);
        consents = List.copyOf(consents);
    }
}
