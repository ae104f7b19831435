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
 * Makes one event of each request to a touchpoint in a reactive application, from its begin outside of all other filters to
 * its first terminal signal, whether it reaches its handler or is refused before. What is recorded where the context of
 * Reactor is known happens inside that event. The request stays as it is, and the response is watched for the first byte of
 * its body and for a customer who goes away. Thread-safe.
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
        if (exchange.getAttribute(RequestRecording.INTERACTION) instanceof Interaction // recorded elsewhere
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
