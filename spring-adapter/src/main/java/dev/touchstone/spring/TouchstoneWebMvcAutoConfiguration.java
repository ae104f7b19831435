package dev.touchstone.spring;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.servlet.GlobalPrivacyControl;
import dev.touchstone.servlet.PrincipalCustomerResolver;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code @Touchpoint} on the methods of Spring MVC's controllers, and what they may take as arguments. */
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

    /** The customer who is logged in with the servlet container, where Spring Security has no say. */
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

    /** Not by a WebMvcConfigurer, which reaches only the handler mappings that Spring MVC makes itself. */
    @Bean
    @ConditionalOnMissingBean(name = "touchstoneInterceptor")
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    MappedInterceptor touchstoneInterceptor(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ControllerTouchpoints touchpoints,
            CustomerResolver<? super HttpServletRequest> customers,
            ObjectProvider<ChannelResolver<? super HttpServletRequest>> channels,
            ObjectProvider<ConsentResolver<? super HttpServletRequest>> consents,
            OutcomeClassifier<? super HttpServletRequest> outcomes,
            ObjectProvider<RequestSpan<HttpServletRequest>> span) {
        return new MappedInterceptor(
                null,
                new TouchpointInterceptor(
                        touchstone,
                        new Endpoints(
                                touchstone,
                                touchpoints,
                                HandlerFunction.class::isInstance,
                                properties.undeclaredEndpoints()),
                        new Callbacks<HttpServletRequest>(customers, channels, consents, outcomes).resolvers(),
                        span.getIfAvailable(() -> (request, recording) -> recording.run())));
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
