package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

/** Resolves the user authenticated with Spring Security as the customer, in a servlet container. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityContextHolder.class, HttpServletRequest.class})
public final class TouchstoneSecurityAutoConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean(name = "touchstoneCustomerResolver")
    CustomerResolver<HttpServletRequest> touchstoneCustomerResolver(
            Touchstone touchstone, TouchstoneProperties properties) {
        CustomerResolver<HttpServletRequest> principals = new SecurityCustomerResolver();
        return properties.sessionGuests() ? new SessionGuestResolver(touchstone, principals) : principals;
    }

    /** Identifies guests who log in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SessionFixationProtectionEvent.class)
    @ConditionalOnProperty(prefix = "touchstone", name = "session-guests")
    static class Guests {

        @Bean
        @ConditionalOnMissingBean
        GuestLogin touchstoneGuestLogin(Touchstone touchstone) {
            return new GuestLogin(touchstone);
        }
    }
}
