package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import java.security.Principal;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Makes one event of each request to a touchpoint in a reactive application, from its begin to its first terminal
 * signal. What is recorded where the context of Reactor is known happens inside that event. The request stays as it is,
 * and the response is watched for a customer who goes away. Thread-safe.
 */
final class TouchpointWebFilter implements WebFilter, Ordered {

    /** After that of Spring Security, so that the principal is known. */
    private static final int ORDER = -50;

    private final Touchstone touchstone;
    private final Endpoints endpoints;
    private final RequestResolvers<ServerWebExchange> resolvers;
    private final RequestSpan<ServerWebExchange> span;
    private final String key;

    TouchpointWebFilter(
            Touchstone touchstone,
            Endpoints endpoints,
            RequestResolvers<ServerWebExchange> resolvers,
            RequestSpan<ServerWebExchange> span) {
        this.touchstone = touchstone;
        this.endpoints = endpoints;
        this.resolvers = resolvers;
        this.span = span;
        this.key = ReactorContext.keyOf(touchstone);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getAttribute(RequestRecording.INTERACTION) instanceof Interaction) {
            return chain.filter(exchange); // recorded elsewhere
        }
        ReactiveRecording recording =
                new ReactiveRecording(touchstone.begin(null), exchange, endpoints, resolvers, span);
        Mono<Void> request = Mono.defer(() -> {
                    recording.begin();
                    return chain.filter(exchange.mutate()
                            .response(WatchedResponse.of(exchange.getResponse(), recording))
                            .build());
                })
                .doOnSuccess(nothing -> recording.completed())
                .doOnError(recording::failed)
                .doOnCancel(recording::cancelled)
                .contextWrite(context -> context.put(key, recording.interaction()));
        return resolvers.customers() instanceof ReactivePrincipalResolver
                ? principal(exchange).then(request)
                : request;
    }

    /** Looks for the principal once. That there is none, or that it cannot be told, is not ours to say. */
    private static Mono<Principal> principal(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .doOnNext(found -> exchange.getAttributes().put(ReactivePrincipalResolver.PRINCIPAL, found))
                .onErrorComplete();
    }
}
