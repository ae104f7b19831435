package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import dev.touchstone.servlet.GlobalPrivacyControl;
import dev.touchstone.servlet.PrincipalCustomerResolver;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Records {@code @Touchpoint} on Spring MVC controllers, and resolves their arguments. */
@AutoConfiguration(after = {TouchstoneAutoConfiguration.class, TouchstoneSecurityAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
public final class TouchstoneWebMvcAutoConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "touchstoneOutcomeClassifier")
    OutcomeClassifier<HttpServletRequest> touchstoneOutcomeClassifier() {
        return OutcomeClassifier.standard();
    }

    /** Resolves the user authenticated with the servlet container as the customer, without Spring Security. */
    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "touchstoneCustomerResolver")
    CustomerResolver<HttpServletRequest> touchstoneCustomerResolver(
            Touchstone touchstone, TouchstoneProperties properties) {
        CustomerResolver<HttpServletRequest> principals = new PrincipalCustomerResolver();
        return properties.sessionGuests() ? new SessionGuestResolver(touchstone, principals) : principals;
    }

    @Bean
    @ConditionalOnMissingBean
    CustomerSource touchstoneCustomerSource(CustomerResolver<? super HttpServletRequest> customers) {
        return CustomerSource.of(customers);
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstonePrivacyControl")
    @ConditionalOnProperty(prefix = "touchstone", name = "global-privacy-control")
    ConsentResolver<HttpServletRequest> touchstonePrivacyControl() {
        return new GlobalPrivacyControl();
    }

    @Bean
    @ConditionalOnMissingBean
    ControllerTouchpoints touchstoneControllerTouchpoints(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new ControllerTouchpoints(
                () -> mappings.stream().flatMap(mapping -> mapping.getHandlerMethods().values().stream()));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    Refusals touchstoneRefusals() {
        return new Refusals();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    MvcObservers touchstoneMvcObservers(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ControllerTouchpoints touchpoints,
            CustomerResolver<? super HttpServletRequest> customers,
            ObjectProvider<ChannelResolver<? super HttpServletRequest>> channels,
            ObjectProvider<ConsentResolver<? super HttpServletRequest>> consents,
            OutcomeClassifier<? super HttpServletRequest> outcomes,
            ObjectProvider<RequestSpan<HttpServletRequest>> span,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            Refusals refusals) {
        Endpoints endpoints = new Endpoints(
                touchstone, touchpoints, HandlerFunction.class::isInstance, properties.undeclaredEndpoints());
        RequestResolvers<HttpServletRequest> resolvers =
                new Callbacks<HttpServletRequest>(customers, channels, consents, outcomes).resolvers();
        RequestSpan<HttpServletRequest> spans = span.getIfAvailable(() -> (request, recording) -> recording.run());
        Visitors visitors = Visitors.excludingAutomated(properties.excludeAutomated());
        return new MvcObservers(
                new TouchpointInterceptor(touchstone, endpoints, resolvers, spans, visitors),
                new MvcRequestFilter(
                        touchstone,
                        new RefusedEndpoints(endpoints, () -> mapped(mappings)),
                        resolvers,
                        spans,
                        visitors,
                        refusals));
    }

    private static Stream<RefusedEndpoints.Mapped> mapped(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry -> patterns(entry.getKey())
                        .map(pattern -> new RefusedEndpoints.Mapped(
                                pattern,
                                entry.getKey().getMethodsCondition().getMethods().stream()
                                        .map(Enum::name)
                                        .collect(Collectors.toSet()),
                                entry.getValue())));
    }

    private static Stream<PathPattern> patterns(RequestMappingInfo info) {
        PathPatternsRequestCondition parsed = info.getPathPatternsCondition();
        return parsed == null
                ? info.getPatternValues().stream().flatMap(pattern -> parsed(pattern).stream())
                : parsed.getPatterns().stream();
    }

    /** Returns a parsed AntPathMatcher pattern; empty if only AntPathMatcher supports it. */
    private static Optional<PathPattern> parsed(String pattern) {
        try {
            return Optional.of(PathPatternParser.defaultInstance.parse(pattern));
        } catch (PatternParseException e) {
            return Optional.empty();
        }
    }

    /** Not by a WebMvcConfigurer, which reaches only handler mappings created by Spring MVC itself. */
    @Bean
    @ConditionalOnMissingBean(name = "touchstoneInterceptor")
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    MappedInterceptor touchstoneInterceptor(MvcObservers observers) {
        return new MappedInterceptor(null, observers.interceptor());
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneRequestFilter")
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    FilterRegistrationBean<Filter> touchstoneRequestFilter(MvcObservers observers) {
        return new OutermostFilter(observers.filter());
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneArguments")
    WebMvcConfigurer touchstoneArguments(
            ObjectProvider<Touchstone> touchstone,
            ObjectProvider<CustomerResolver<? super HttpServletRequest>> customers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new InteractionArgument());
                resolvers.add(new CustomerExperienceArgument(
                        touchstone.getObject(), Callbacks.customers(customers.getObject())));
            }
        };
    }
}
