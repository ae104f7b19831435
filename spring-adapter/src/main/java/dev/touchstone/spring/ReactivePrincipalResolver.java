package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Finds the principal of a reactive request, who was looked for when it came in. Thread-safe. */
final class ReactivePrincipalResolver implements CustomerResolver<ServerWebExchange>, CustomerSource.Known {

    static final String PRINCIPAL = ReactivePrincipalResolver.class.getName();

    private final CustomerSource source;
    private final Predicate<Principal> isSomebody;

    /**
     * Makes one.
     *
     * @param source where its principals come from
     * @param isSomebody whether a principal is a person and not a word for nobody
     */
    ReactivePrincipalResolver(CustomerSource source, Predicate<Principal> isSomebody) {
        this.source = source;
        this.isSomebody = isSomebody;
    }

    @Override
    public @Nullable CustomerId resolve(ServerWebExchange exchange) {
        return exchange.getAttribute(PRINCIPAL) instanceof Principal principal && isSomebody.test(principal)
                ? CustomerId.of(principal.getName())
                : null;
    }

    @Override
    public CustomerSource source() {
        return source;
    }
}
