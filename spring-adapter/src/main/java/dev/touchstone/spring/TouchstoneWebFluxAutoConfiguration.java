package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.PrivacyControl;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code @Touchpoint} on the methods of WebFlux's controllers, and what they may take as arguments. */
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
    TouchpointWebFilter touchstoneWebFilter(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ControllerTouchpoints touchpoints,
            CustomerResolver<? super ServerWebExchange> customers,
            ObjectProvider<ChannelResolver<? super ServerWebExchange>> channels,
            ObjectProvider<ConsentResolver<? super ServerWebExchange>> consents,
            OutcomeClassifier<? super ServerWebExchange> outcomes,
            ObjectProvider<RequestSpan<ServerWebExchange>> span) {
        return new TouchpointWebFilter(
                touchstone,
                new Endpoints(
                        touchstone,
                        touchpoints,
                        // the page is nothing that customers meet the business at
                        handler -> handler instanceof HandlerFunction && !(handler instanceof PageHandler),
                        properties.undeclaredEndpoints()),
                new Callbacks<ServerWebExchange>(customers, channels, consents, outcomes).resolvers(),
                span.getIfAvailable(() -> (request, recording) -> recording.run()));
    }

    /** The span of a request, where Spring observes requests and somebody may want to see it. */
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

    /** The customer who is logged in with Spring Security. */
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
    }

    /** The principal of the exchange, whoever put it there. */
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
