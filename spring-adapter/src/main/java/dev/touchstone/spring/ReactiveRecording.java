package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    /** The status that servers log for a client that disconnected before the response. */
    private static final int CLIENT_GONE = 499;
    /** The session cookies of WebFlux and of servlet containers. */
    private static final Set<String> COOKIES = Set.of("SESSION", "JSESSIONID");

    private final RequestRecording<ServerWebExchange> recording;
    private final ServerWebExchange exchange;
    private final ReactiveObserver observer;
    private volatile boolean described;
    private volatile boolean delivered;
    private volatile boolean gone;
    private volatile boolean failed;
    private volatile boolean undeclared;

    ReactiveRecording(Interaction interaction, ServerWebExchange exchange, ReactiveObserver observer) {
        this.recording = new RequestRecording<>(interaction, exchange, observer.resolvers());
        this.exchange = exchange;
        this.observer = observer;
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
    }

    /**
     * Resolves channel, customer and consent after authentication.
     *
     * @param passedOn the exchange as the filters pass it on
     */
    void describe(ServerWebExchange passedOn) {
        recording.request(passedOn);
        describe();
    }

    private void describe() {
        described = true;
        recording.begin();
        recording.resolveConsent();
    }

    /** Names the touchpoint, which is unknown before the request is mapped. Returns whether there is one. */
    boolean name() {
        Object handler = exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        Optional<String> touchpoint = handler == null
                ? Optional.empty()
                : observer.endpoints()
                        .touchpoint(
                                handler,
                                method(),
                                this::path,
                                exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        touchpoint.ifPresent(this::name);
        return touchpoint.isPresent();
    }

    private void name(String touchpoint) {
        interaction().touchpoint(touchpoint);
        undeclared = !TouchpointName.isDeclarable(touchpoint);
    }

    private String method() {
        return exchange.getRequest().getMethod().name();
    }

    /** Returns the observer of a response body. */
    ReactiveBody body() {
        return new ReactiveBody(exchange.getResponse().getHeaders(), this::status, recording);
    }

    /** Reports a form that is shown again because its input was refused. */
    void invalidInput() {
        recording.invalidInput();
    }

    /** Looks up the principal before an error response is committed: outside Spring Security it is unknown. */
    Mono<Void> beforeAnswer(Supplier<Mono<Void>> answer) {
        return described || status() < CLIENT_ERROR
                ? answer.get()
                : observer.rememberPrincipal(exchange).then(Mono.defer(answer));
    }

    /** Reports that the response headers are sent. For a request to upgrade the connection they are the answer. */
    void headersSent() {
        if (exchange.getRequest().getHeaders().getFirst(HttpHeaders.UPGRADE) != null) {
            recording.firstByte(status());
            recording.stream();
        }
    }

    /** Returns the path as a servlet container does: decoded, without matrix parameters and base path. */
    private String path() {
        return exchange.getRequest().getPath().pathWithinApplication().elements().stream()
                .map(element -> element instanceof PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
    }

    /** Reports that the client does not want the rest of the body, whatever the chain signals afterwards. */
    void unwanted() {
        gone = true;
        recording.disconnect();
    }

    /** Reports that the server has the whole body. Whether all of it reaches the client is unknown. */
    void delivered() {
        delivered = true;
    }

    void completed() {
        finish();
    }

    void cancelled() {
        if (!delivered) {
            unwanted();
        }
        finish();
    }

    void failed(Throwable failure) {
        failed = true;
        boolean disconnect = DisconnectedClientHelper.isClientDisconnectedException(failure);
        if (disconnect) {
            unwanted();
        }
        if (disconnect || exchange.getResponse().isCommitted()) {
            recording.fail(failure);
            finish();
            return;
        }
        // exception handlers turn the error into a response later
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

    /** Records the request if it has a touchpoint. */
    private void finish() {
        if (recording.isSettled() || !(name() || isOutsideOfHandlers())) {
            return;
        }
        if (described) {
            recording.resolveCustomer();
        } else {
            describe();
        }
        if (undeclared) {
            recording.undeclared();
        }
        if (recording.settle(this::status)) {
            observer.span().record(exchange, recording::close);
        }
    }

    /**
     * Returns whether to record a request that did not reach its handler: it ended with an error or a disconnect, or
     * a filter answered it. Names its touchpoint.
     */
    private boolean isOutsideOfHandlers() {
        int status = status();
        boolean error = status >= CLIENT_ERROR || gone || failed;
        if (!error && !isAnsweredByFilter(status)) {
            return false;
        }
        Optional<String> touchpoint = observer.refused()
                .touchpoint(
                        method(),
                        this::path,
                        () -> exchange.getRequest().getPath().pathWithinApplication());
        if (touchpoint.isEmpty() || (!error && !TouchpointName.isDeclarable(touchpoint.get()))) {
            return false;
        }
        if (!error) {
            name(touchpoint.get());
            return true;
        }
        boolean challenge = !gone && Refusals.isChallenge(status, hasCredentials());
        if (!challenge || recording.discard()) {
            observer.refusals()
                    .count(
                            touchpoint.get(),
                            gone ? CLIENT_GONE : Math.max(status, failed ? SERVER_ERROR : 0),
                            challenge);
        }
        name(touchpoint.get());
        return !challenge;
    }

    /** A redirect does not count as an answer: it may lead to a login. */
    private boolean isAnsweredByFilter(int status) {
        return status >= OK
                && status < REDIRECT
                && exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) == null;
    }

    private boolean hasCredentials() {
        return exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null
                || COOKIES.stream().anyMatch(exchange.getRequest().getCookies()::containsKey)
                || exchange.getAttribute(ReactivePrincipalResolver.PRINCIPAL) != null;
    }
}
