package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.http.FinishedRequest;
import dev.touchstone.http.OutcomeClassifier;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** An interaction with the reactive request that it is. It is finished once, whatever signals come. Thread-safe. */
final class ReactiveVisit {

    /** The name under which the interaction of a request stands in it, whoever began it. */
    static final String INTERACTION = "dev.touchstone.interaction";

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final Interaction interaction;
    private final ServerWebExchange exchange;
    private final Endpoints endpoints;
    private final RequestResolvers<ServerWebExchange> resolvers;
    private final OutcomeClassifier<ServerWebExchange> outcomes;
    private final RequestSpan<ServerWebExchange> span;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean unwanted;
    private volatile boolean delivered;

    ReactiveVisit(
            Interaction interaction,
            ServerWebExchange exchange,
            Endpoints endpoints,
            RequestResolvers<ServerWebExchange> resolvers,
            OutcomeClassifier<ServerWebExchange> outcomes,
            RequestSpan<ServerWebExchange> span) {
        this.interaction = interaction;
        this.exchange = exchange;
        this.endpoints = endpoints;
        this.resolvers = resolvers;
        this.outcomes = outcomes;
        this.span = span;
    }

    static @Nullable ReactiveVisit of(ServerWebExchange exchange) {
        return exchange.getAttribute(ReactiveVisit.class.getName()) instanceof ReactiveVisit visit ? visit : null;
    }

    Interaction interaction() {
        return interaction;
    }

    void begin() {
        exchange.getAttributes().put(ReactiveVisit.class.getName(), this);
        exchange.getAttributes().put(INTERACTION, interaction);
        resolvers.begin(interaction, exchange);
    }

    /** Names the touchpoint, which is not known before the request was mapped. Returns whether there is one. */
    boolean name() {
        Object handler = exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        Optional<String> touchpoint = handler == null
                ? Optional.empty()
                : endpoints.touchpoint(
                        handler,
                        exchange.getRequest().getMethod().name(),
                        exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        touchpoint.ifPresent(interaction::touchpoint);
        return touchpoint.isPresent();
    }

    /** Nobody wants the rest of the body, whatever the chain says afterwards. */
    void unwanted() {
        unwanted = true;
    }

    /** The server has got the whole body. Whether all of it arrives cannot be told. */
    void delivered() {
        delivered = true;
    }

    void completed() {
        finish(null, unwanted);
    }

    void cancelled() {
        finish(null, unwanted || !delivered);
    }

    void failed(Throwable failure) {
        boolean gone = DisconnectedClientHelper.isClientDisconnectedException(failure);
        if (gone || exchange.getResponse().isCommitted()) {
            finish(failure, gone);
            return;
        }
        // those who make a response of it come later
        exchange.getResponse().beforeCommit(() -> {
            finish(status() < SERVER_ERROR ? null : failure, false);
            return Mono.empty();
        });
    }

    private int status() {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? OK : status.value();
    }

    /** Settles, unless the controller did, and records; a request that is at no touchpoint is forgotten. */
    private void finish(@Nullable Throwable unhandled, boolean gone) {
        if (!finished.compareAndSet(false, true) || !name()) {
            return;
        }
        resolvers.presume(interaction, exchange);
        int status = unhandled == null ? status() : Math.max(status(), SERVER_ERROR);
        FinishedRequest<ServerWebExchange> facts =
                new FinishedRequest<>(exchange, status, Optional.ofNullable(unhandled), gone);
        interaction.settle(outcomes::classify, facts);
        interaction.settle(OutcomeClassifier.<ServerWebExchange>standard()::classify, facts);
        span.record(exchange, interaction::close);
    }
}
