package dev.touchstone.examples.parcels;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

/** Who the customer of a request is: whoever knows the secret that is in the link that they got by mail. */
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
