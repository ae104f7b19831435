package dev.touchstone.http;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import java.util.List;

/**
 * The application's callbacks that describe a request. Each call is guarded: an exception is counted, and the
 * request continues. Immutable.
 *
 * @param <S> the type of a request: {@code HttpServletRequest}, or {@code ServerWebExchange} with WebFlux
 * @param customers resolves the customer
 * @param channels resolve the channel; the first result is used
 * @param consents resolve the consent; the strictest result is used
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
