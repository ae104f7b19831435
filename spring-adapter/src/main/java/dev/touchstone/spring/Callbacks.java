package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.RequestResolvers;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's callbacks about requests. A callback for a supertype of the request, such as a {@code
 * CustomerResolver<ServletRequest>} or {@code <Object>}, is used like one for the request.
 *
 * @param <S> the type of a request
 */
record Callbacks<S>(
        CustomerResolver<? super S> customers,
        ObjectProvider<ChannelResolver<? super S>> channels,
        ObjectProvider<ConsentResolver<? super S>> consents,
        OutcomeClassifier<? super S> outcomes) {

    RequestResolvers<S> resolvers() {
        return new RequestResolvers<>(
                customers(customers),
                channels.orderedStream().map(Callbacks::<S>channels).toList(),
                consents.orderedStream().map(Callbacks::<S>consents).toList(),
                outcomes(outcomes));
    }

    // each callback only consumes requests and returns none

    @SuppressWarnings("unchecked")
    static <S> CustomerResolver<S> customers(CustomerResolver<? super S> resolver) {
        return (CustomerResolver<S>) resolver;
    }

    @SuppressWarnings("unchecked")
    private static <S> ChannelResolver<S> channels(ChannelResolver<? super S> resolver) {
        return (ChannelResolver<S>) resolver;
    }

    @SuppressWarnings("unchecked")
    private static <S> ConsentResolver<S> consents(ConsentResolver<? super S> resolver) {
        return (ConsentResolver<S>) resolver;
    }

    @SuppressWarnings("unchecked")
    private static <S> OutcomeClassifier<S> outcomes(OutcomeClassifier<? super S> classifier) {
        return (OutcomeClassifier<S>) classifier;
    }
}
