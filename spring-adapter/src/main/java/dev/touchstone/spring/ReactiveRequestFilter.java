package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.http.RequestRecording;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Records each request to a touchpoint of a reactive application as one event, from its start outside all other
 * filters to its first terminal signal, whether it reaches its handler or is refused. Events recorded within its
 * Reactor context belong to its interaction. Leaves the request unchanged, and observes the response for the first
 * byte of its body and for a disconnect. Thread-safe.
 */
final class ReactiveRequestFilter implements WebFilter, PriorityOrdered {

    private final ReactiveObserver observer;
    private final String key;

    ReactiveRequestFilter(ReactiveObserver observer) {
        this.observer = observer;
        this.key = ReactorContext.keyOf(observer.touchstone());
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (exchange.getAttribute(RequestRecording.INTERACTION) instanceof Interaction // another filter records it
                || !observer.visitors()
                        .isCustomer(
                                request.getMethod().name(), request.getHeaders().getFirst(HttpHeaders.USER_AGENT))) {
            return chain.filter(exchange);
        }
        ReactiveRecording recording =
                new ReactiveRecording(observer.touchstone().begin(null), exchange, observer);
        return Mono.defer(() -> {
                    recording.begin();
                    return chain.filter(exchange.mutate()
                            .response(WatchedResponse.of(exchange.getResponse(), recording))
                            .build());
                })
                .doOnSuccess(nothing -> recording.completed())
                .doOnError(recording::failed)
                .doOnCancel(recording::cancelled)
                .contextWrite(context -> context.put(key, recording.interaction()));
    }
}
