package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;

/**
 * The source of customers, for the start report.
 *
 * @param description the source, such as {@code the user authenticated with Spring Security}
 * @param reliable false if requests have a customer only if the server itself authenticates users
 */
record CustomerSource(String description, boolean reliable) {

    // by name: a reactive application has no servlet API
    private static final String PRINCIPAL_RESOLVER = "dev.touchstone.servlet.PrincipalCustomerResolver";

    static final CustomerSource PRINCIPAL =
            new CustomerSource("the principal of the request, if the server authenticates users", false);
    static final CustomerSource SECURITY = new CustomerSource("the user authenticated with Spring Security", true);

    /** Returns the source of a resolver. */
    static CustomerSource of(CustomerResolver<?> resolver) {
        if (resolver instanceof Known known) {
            return known.source();
        }
        Class<?> type = resolver.getClass();
        if (type.getName().equals(PRINCIPAL_RESOLVER)) {
            return PRINCIPAL;
        }
        boolean isLambda = type.isHidden() || type.isSynthetic() || type.isAnonymousClass();
        return new CustomerSource(isLambda ? "a CustomerResolver bean" : "the bean " + type.getSimpleName(), true);
    }

    /** A resolver that describes its source. */
    interface Known {

        CustomerSource source();
    }

    /** Returns the source of a resolver that also identifies guests. */
    CustomerSource orSessionGuest() {
        return new CustomerSource(description + ", else a guest by the session", true);
    }
}
