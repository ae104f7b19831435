package dev.touchstone.servlet;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.event.Consent;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Who is asked about a request. */
record Resolvers(
        CustomerResolver<HttpServletRequest> customers,
        ChannelResolver<HttpServletRequest> channels,
        ConsentResolver<HttpServletRequest> consent,
        OutcomeClassifier<HttpServletRequest> outcomes) {

    /** The principal, the declared channel, consent, and what is usual in HTTP. */
    static final Resolvers USUAL = new Resolvers(
            new PrincipalCustomerResolver(), request -> null, request -> Consent.SCORE, OutcomeClassifier.standard());

    /** Returns what was made by name, whose type parameter nobody can check; the usual one if nothing was. */
    @SuppressWarnings("unchecked")
    static <T> T orUsual(@Nullable Object made, T usual) {
        return made == null ? usual : (T) made;
    }
}
