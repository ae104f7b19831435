package dev.touchstone.examples.storefront;

import dev.touchstone.CustomerResolver;
import dev.touchstone.care.CareSettings;
import dev.touchstone.spring.TouchstoneCustomizer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who the customer of a request is, what is done for them, and which version serves them. */
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

    @Bean
    WebMvcConfigurer version(Operations operations) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        operations.stamp();
                        return true;
                    }
                });
            }
        };
    }
}
