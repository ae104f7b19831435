package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import java.security.Principal;
import java.util.function.Supplier;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The shared parts of recordings of reactive requests.
 *
 * @param endpoints finds the touchpoints of requests that reach a handler
 * @param refused finds the touchpoints of the other requests
 * @param principals finds the authenticated principal in Reactor's context; empty without Spring Security
 */
record ReactiveObserver(
        Touchstone touchstone,
        Endpoints endpoints,
        RefusedEndpoints refused,
        RequestResolvers<ServerWebExchange> resolvers,
        RequestSpan<ServerWebExchange> span,
        Visitors visitors,
        Refusals refusals,
        Supplier<Mono<Principal>> principals) {

    /** Stores the principal authenticated in the context of the subscription, for {@link ReactivePrincipalResolver}. */
    Mono<Void> rememberPrincipal(ServerWebExchange exchange) {
        return remember(exchange, principals.get());
    }

    static Mono<Void> remember(ServerWebExchange exchange, Mono<? extends Principal> principal) {
        return principal
                .doOnNext(found -> exchange.getAttributes().put(ReactivePrincipalResolver.PRINCIPAL, found))
                .onErrorComplete()
                .then();
    }
}
