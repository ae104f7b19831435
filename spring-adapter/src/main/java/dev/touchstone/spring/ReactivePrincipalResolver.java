package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Returns the principal of a reactive request, which was looked up at its start. Thread-safe. */
final class ReactivePrincipalResolver implements CustomerResolver<ServerWebExchange>, CustomerSource.Known {

    static final String PRINCIPAL = ReactivePrincipalResolver.class.getName();

    private final CustomerSource source;
    private final Predicate<Principal> isCustomer;

    /**
     * @param source the source of its principals
     * @param isCustomer whether a principal stands for a person and is not anonymous
     */
    ReactivePrincipalResolver(CustomerSource source, Predicate<Principal> isCustomer) {
        this.source = source;
        this.isCustomer = isCustomer;
    }

    @Override
    public @Nullable CustomerId resolve(ServerWebExchange exchange) {
        return exchange.getAttribute(PRINCIPAL) instanceof Principal principal && isCustomer.test(principal)
                ? CustomerId.of(principal.getName())
                : null;
    }

    @Override
    public CustomerSource source() {
        return source;
    }
}
