package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.http.RequestRecording;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** The current interaction of a reactive request; one that records nothing if there is none. */
final class ReactiveInteractionArgument implements SyncHandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Interaction.class;
    }

    @Override
    public Object resolveArgumentValue(MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        ReactiveRecording recording = ReactiveRecording.of(exchange);
        if (recording != null) {
            recording.name(); // the controller may close it
        }
        return exchange.getAttribute(RequestRecording.INTERACTION) instanceof Interaction running
                ? running
                : Touchstone.noop().begin(null);
    }
}
