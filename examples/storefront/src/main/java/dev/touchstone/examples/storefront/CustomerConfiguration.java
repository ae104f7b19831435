package dev.touchstone.examples.storefront;

import dev.touchstone.CustomerResolver;
import dev.touchstone.care.CareSettings;
import dev.touchstone.spring.TouchstoneCustomizer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who the customer of a request is, and what is done for them. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    CustomerResolver<HttpServletRequest> customers() {
        return request -> Guest.of(request).customer();
    }

    /** Predicts answers, raises signals, and asks customers also after a failed payment, since their answers teach most. */
    @Bean
    TouchstoneCustomizer care() {
        return builder -> builder.prediction().care(CareSettings.usual().askDuringCases());
    }
}
