package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code @Touchpoint} on the methods of Spring MVC's controllers, and what they may take as arguments. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
public final class TouchstoneWebMvcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OutcomeClassifier touchstoneOutcomeClassifier() {
        return OutcomeClassifier.standard();
    }

    @Bean
    @ConditionalOnMissingBean
    ControllerTouchpoints touchstoneControllerTouchpoints(
            Touchstone touchstone, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new ControllerTouchpoints(touchstone, mappings);
    }

    /** Not by a WebMvcConfigurer, which reaches only the handler mappings that Spring MVC makes itself. */
    @Bean
    @ConditionalOnMissingBean(name = "touchstoneInterceptor")
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    MappedInterceptor touchstoneInterceptor(
            ControllerTouchpoints touchpoints,
            CustomerResolver<HttpServletRequest> customers,
            OutcomeClassifier outcomes) {
        return new MappedInterceptor(null, new TouchpointInterceptor(touchpoints, customers, outcomes));
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneArguments")
    WebMvcConfigurer touchstoneArguments(
            ObjectProvider<Touchstone> touchstone, ObjectProvider<CustomerResolver<HttpServletRequest>> customers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new InteractionArgument());
                resolvers.add(new CustomerExperienceArgument(touchstone.getObject(), customers.getObject()));
            }
        };
    }

    /** The customer who is logged in with Spring Security. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class WithSecurity {

        @Bean
        @ConditionalOnMissingBean
        CustomerResolver<HttpServletRequest> touchstoneCustomerResolver() {
            return new SecurityCustomerResolver();
        }
    }

    /** The customer who is logged in with the servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.security.core.context.SecurityContextHolder")
    static class WithoutSecurity {

        @Bean
        @ConditionalOnMissingBean
        CustomerResolver<HttpServletRequest> touchstoneCustomerResolver() {
            return new PrincipalCustomerResolver();
        }
    }
}
