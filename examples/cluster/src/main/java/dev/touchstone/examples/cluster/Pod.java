package dev.touchstone.examples.cluster;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import dev.touchstone.examples.storefront.StorefrontApplication;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** One pod: the storefront, whose customers a gateway has authenticated. */
final class Pod {

    /** The header in which the gateway names the customer. */
    static final String CUSTOMER = "X-Customer";

    private Pod() {}

    /** Starts a pod. */
    public static void main(String[] arguments) {
        SpringApplication.run(new Class<?>[] {StorefrontApplication.class, Gateway.class}, arguments);
    }

    /** Takes the customer from the gateway, since a session is known to one pod only. */
    @Configuration(proxyBeanMethods = false)
    static class Gateway {

        @Bean
        @Primary
        CustomerResolver<HttpServletRequest> authenticatedCustomers() {
            return request -> {
                String name = request.getHeader(CUSTOMER);
                return name == null ? null : CustomerId.of(name);
            };
        }
    }
}
