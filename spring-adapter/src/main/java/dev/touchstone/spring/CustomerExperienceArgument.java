package dev.touchstone.spring;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The current customer's experience before this request; empty if there is no customer. */
final class CustomerExperienceArgument implements HandlerMethodArgumentResolver {

    private final Touchstone touchstone;
    private final CustomerResolver<HttpServletRequest> customers;

    CustomerExperienceArgument(Touchstone touchstone, CustomerResolver<HttpServletRequest> customers) {
        this.touchstone = touchstone;
        this.customers = customers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == CustomerExperience.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        return servletRequest == null ? CustomerExperience.unknown() : touchstone.customer(customers, servletRequest);
    }
}
