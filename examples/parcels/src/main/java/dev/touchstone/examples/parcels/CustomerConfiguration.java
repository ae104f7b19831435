package dev.touchstone.examples.parcels;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

/** Resolves the customer of a request by the secret in the link that the customer got by mail. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    CustomerResolver<ServerWebExchange> customers() {
        return exchange -> {
            String secret = exchange.getRequest().getQueryParams().getFirst("secret");
            return secret == null ? null : CustomerId.of(secret);
        };
    }
}
