package dev.touchstone.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stores Spring's observation of a reactive request, which has the server's span, before Spring Security and others
 * start their own inside it. Leaves request and response unchanged. Thread-safe.
 */
final class ServerObservationFilter implements WebFilter, Ordered, RequestSpan<ServerWebExchange> {

    private static final String ATTRIBUTE = ServerObservationFilter.class.getName();
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual(context -> {
            if (context.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation observation) {
                exchange.getAttributes().put(ATTRIBUTE, observation);
            }
            return chain.filter(exchange);
        });
    }

    @Override
    @SuppressWarnings("try") // the scope is used only by closing it
    public void record(ServerWebExchange exchange, Runnable recording) {
        if (exchange.getAttribute(ATTRIBUTE) instanceof Observation observation) {
            try (Observation.Scope scope = observation.openScope()) {
                recording.run();
            }
        } else {
            recording.run();
        }
    }
}
