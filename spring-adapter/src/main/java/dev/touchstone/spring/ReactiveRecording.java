package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Follows the recording of a reactive request to its first terminal signal. Thread-safe. */
final class ReactiveRecording {

    private static final String ATTRIBUTE = ReactiveRecording.class.getName();
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final RequestRecording<ServerWebExchange> recording;
    private final ServerWebExchange exchange;
    private final Endpoints endpoints;
    private final RequestSpan<ServerWebExchange> span;
    private volatile boolean delivered;

    ReactiveRecording(
            Interaction interaction,
            ServerWebExchange exchange,
            Endpoints endpoints,
            RequestResolvers<ServerWebExchange> resolvers,
            RequestSpan<ServerWebExchange> span) {
        this.recording = new RequestRecording<>(interaction, exchange, resolvers);
        this.exchange = exchange;
        this.endpoints = endpoints;
        this.span = span;
    }

    static @Nullable ReactiveRecording of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE) instanceof ReactiveRecording running ? running : null;
    }

    Interaction interaction() {
        return recording.interaction();
    }

    void begin() {
        exchange.getAttributes().put(ATTRIBUTE, this);
        exchange.getAttributes().put(RequestRecording.INTERACTION, interaction());
        recording.begin();
        recording.resolveConsent();
    }

    /** Names the touchpoint, which is unknown before the request is mapped. Returns whether there is one. */
    boolean name() {
        Object handler = exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        Optional<String> touchpoint = handler == null
                ? Optional.empty()
                : endpoints.touchpoint(
                        handler,
                        exchange.getRequest().getMethod().name(),
                        this::path,
                        exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        touchpoint.ifPresent(interaction()::touchpoint);
        return touchpoint.isPresent();
    }

    /** Returns the path as a servlet container reads it: decoded, without matrix parameters and the base path. */
    private String path() {
        return exchange.getRequest().getPath().pathWithinApplication().elements().stream()
                .map(element -> element instanceof PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
    }

    /** The client does not want the rest of the body, whatever the chain signals afterwards. */
    void unwanted() {
        recording.disconnect();
    }

    /** The server has the whole body. Whether all of it arrives at the client is unknown. */
    void delivered() {
        delivered = true;
    }

    void completed() {
        finish();
    }

    void cancelled() {
        if (!delivered) {
            recording.disconnect();
        }
        finish();
    }

    void failed(Throwable failure) {
        boolean gone = DisconnectedClientHelper.isClientDisconnectedException(failure);
        if (gone) {
            recording.disconnect();
        }
        if (gone || exchange.getResponse().isCommitted()) {
            recording.fail(failure);
            finish();
            return;
        }
        // exception handlers turn it into a response later
        exchange.getResponse().beforeCommit(() -> {
            if (status() >= SERVER_ERROR) {
                recording.fail(failure);
            }
            finish();
            return Mono.empty();
        });
    }

    private int status() {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? OK : status.value();
    }

    /** Records the request, unless it is at no touchpoint. */
    private void finish() {
        if (recording.isSettled() || !name()) {
            return;
        }
        recording.resolveCustomer();
        if (recording.settle(this::status)) {
            span.record(exchange, recording::close);
        }
    }
}
