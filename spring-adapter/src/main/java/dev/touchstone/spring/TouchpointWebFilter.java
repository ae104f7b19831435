package dev.touchstone.spring;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Resolves channel, customer and consent of a recorded reactive request after authentication. Thread-safe. */
final class TouchpointWebFilter implements WebFilter, Ordered {

    /** After Spring Security's filter, so that the principal is known. */
    private static final int ORDER = -50;

    private final boolean byPrincipal;

    /** @param byPrincipal whether the customer is the principal, which is looked up once */
    TouchpointWebFilter(boolean byPrincipal) {
        this.byPrincipal = byPrincipal;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ReactiveRecording recording = ReactiveRecording.of(exchange);
        if (recording == null) {
            return chain.filter(exchange);
        }
        Mono<Void> request = Mono.defer(() -> {
            recording.describe(exchange);
            return chain.filter(exchange);
        });
        // a missing principal, or a failure to look it up, does not end the request
        return byPrincipal
                ? ReactiveObserver.remember(exchange, exchange.getPrincipal()).then(request)
                : request;
    }
}
