package dev.touchstone.spring;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** The current customer's experience before this reactive request; empty if there is no customer. */
final class ReactiveExperienceArgument implements SyncHandlerMethodArgumentResolver {

    private final Touchstone touchstone;
    private final CustomerResolver<ServerWebExchange> customers;

    ReactiveExperienceArgument(Touchstone touchstone, CustomerResolver<ServerWebExchange> customers) {
        this.touchstone = touchstone;
        this.customers = customers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == CustomerExperience.class;
    }

    @Override
    public Object resolveArgumentValue(MethodParameter parameter, BindingContext bindings, ServerWebExchange exchange) {
        return touchstone.customer(customers, exchange);
    }
}
