package dev.touchstone.spring;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.view.ViewResolutionResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Delegates to the view result handler and detects a form that is shown again because its input was refused. Errors
 * of a form are known only after its view is rendered. Thread-safe.
 */
final class ReactiveFormHandler implements HandlerResultHandler, Ordered {

    private final ViewResolutionResultHandler views;

    ReactiveFormHandler(ViewResolutionResultHandler views) {
        this.views = views;
    }

    @Override
    public int getOrder() {
        return views.getOrder() - 1;
    }

    @Override
    public boolean supports(HandlerResult result) {
        return views.supports(result);
    }

    @Override
    public Mono<Void> handleResult(ServerWebExchange exchange, HandlerResult result) {
        ReactiveRecording recording = ReactiveRecording.of(exchange);
        return recording == null
                ? views.handleResult(exchange, result)
                : views.handleResult(exchange, result).doOnTerminate(() -> {
                    if (FormErrors.areIn(result.getModel().asMap())) {
                        recording.invalidInput();
                    }
                });
    }
}
