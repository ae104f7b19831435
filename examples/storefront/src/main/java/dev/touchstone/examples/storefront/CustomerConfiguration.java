package dev.touchstone.examples.storefront;

import dev.touchstone.CustomerResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who the customer of a request is. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    CustomerResolver<HttpServletRequest> customers() {
        return request -> Guest.of(request).customer();
    }
}
