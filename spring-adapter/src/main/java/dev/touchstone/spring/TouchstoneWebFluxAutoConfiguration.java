package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.PrivacyControl;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.Visitors;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.OpenTelemetry;
import java.security.Principal;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.reactive.result.view.ViewResolutionResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Records {@code @Touchpoint} on WebFlux controllers, and resolves their arguments. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({DispatcherHandler.class, Mono.class})
public final class TouchstoneWebFluxAutoConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "touchstoneOutcomeClassifier")
    OutcomeClassifier<ServerWebExchange> touchstoneOutcomeClassifier() {
        return OutcomeClassifier.standard();
    }

    @Bean
    @ConditionalOnMissingBean
    CustomerSource touchstoneCustomerSource(CustomerResolver<? super ServerWebExchange> customers) {
        return CustomerSource.of(customers);
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstonePrivacyControl")
    @ConditionalOnProperty(prefix = "touchstone", name = "global-privacy-control")
    ConsentResolver<ServerWebExchange> touchstonePrivacyControl() {
        return exchange ->
                PrivacyControl.consent(exchange.getRequest().getHeaders().getFirst(PrivacyControl.HEADER));
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

    /** Outside all other filters. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    ReactiveRequestFilter touchstoneRequestFilter(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ControllerTouchpoints touchpoints,
            CustomerResolver<? super ServerWebExchange> customers,
            ObjectProvider<ChannelResolver<? super ServerWebExchange>> channels,
            ObjectProvider<ConsentResolver<? super ServerWebExchange>> consents,
            OutcomeClassifier<? super ServerWebExchange> outcomes,
            ObjectProvider<RequestSpan<ServerWebExchange>> span,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            ObjectProvider<ContextPrincipal> principals,
            Refusals refusals) {
        Endpoints endpoints = new Endpoints(
                touchstone,
                touchpoints,
                // the page is not a touchpoint
                handler -> handler instanceof HandlerFunction && !(handler instanceof PageHandler),
                properties.undeclaredEndpoints());
        ContextPrincipal principal = principals.getIfAvailable(() -> Mono::empty);
        return new ReactiveRequestFilter(new ReactiveObserver(
                touchstone,
                endpoints,
                new RefusedEndpoints(endpoints, () -> mapped(mappings)),
                new Callbacks<ServerWebExchange>(customers, channels, consents, outcomes).resolvers(),
                span.getIfAvailable(() -> (request, recording) -> recording.run()),
                Visitors.excludingAutomated(properties.excludeAutomated()),
                refusals,
                principal::find));
    }

    private static Stream<RefusedEndpoints.Mapped> mapped(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry -> entry.getKey().getPatternsCondition().getPatterns().stream()
                        .map(pattern -> new RefusedEndpoints.Mapped(
                                pattern,
                                entry.getKey().getMethodsCondition().getMethods().stream()
                                        .map(Enum::name)
                                        .collect(Collectors.toSet()),
                                entry.getValue())));
    }

    /** Inside Spring Security. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    TouchpointWebFilter touchstoneWebFilter(CustomerResolver<? super ServerWebExchange> customers) {
        return new TouchpointWebFilter(customers instanceof ReactivePrincipalResolver);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(ViewResolutionResultHandler.class)
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    ReactiveFormHandler touchstoneFormHandler(ViewResolutionResultHandler views) {
        return new ReactiveFormHandler(views);
    }

    /** Finds the authenticated principal in Reactor's context. */
    @FunctionalInterface
    interface ContextPrincipal {

        Mono<Principal> find();
    }

    /** Provides the span of a request if Spring observes requests. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Observation.class, OpenTelemetry.class})
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    static class Observed {

        @Bean
        @ConditionalOnMissingBean
        ServerObservationFilter touchstoneServerObservationFilter() {
            return new ServerObservationFilter();
        }
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneArguments")
    WebFluxConfigurer touchstoneArguments(
            ObjectProvider<Touchstone> touchstone,
            ObjectProvider<CustomerResolver<? super ServerWebExchange>> customers) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(
                        new ReactiveInteractionArgument(),
                        new ReactiveExperienceArgument(
                                touchstone.getObject(), Callbacks.customers(customers.getObject())));
            }
        };
    }

    /** Resolves the user authenticated with Spring Security as the customer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Authentication.class)
    static class WithSecurity {

        @Bean
        @Fallback
        @ConditionalOnMissingBean(name = "touchstoneCustomerResolver")
        CustomerResolver<ServerWebExchange> touchstoneCustomerResolver() {
            AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
            return new ReactivePrincipalResolver(
                    CustomerSource.SECURITY,
                    principal -> !(principal instanceof Authentication authentication)
                            || (authentication.isAuthenticated() && !trust.isAnonymous(authentication)));
        }

        @Bean
        @ConditionalOnMissingBean
        ContextPrincipal touchstoneContextPrincipal() {
            return () -> ReactiveSecurityContextHolder.getContext().mapNotNull(SecurityContext::getAuthentication);
        }
    }

    /** Resolves the principal of the exchange as the customer. */
    @Configuration(proxyBeanMethods = false)
    static class WithoutSecurity {

        @Bean
        @Fallback
        @ConditionalOnMissingBean(name = "touchstoneCustomerResolver")
        CustomerResolver<ServerWebExchange> touchstoneCustomerResolver() {
            return new ReactivePrincipalResolver(CustomerSource.PRINCIPAL, principal -> true);
        }
    }
}
