package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Callbacks for a supertype of the request. */
class WideCallbacksTest {

    @ParameterizedTest
    @ValueSource(classes = {OfServletRequest.class, OfObject.class, AsComponent.class})
    void resolverOfASupertypeFindsTheCustomer(Class<?> resolver) {
        try (Shop shop = Shop.open(Pages.class, resolver)) {
            shop.getAs("ada", "/page");
            assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("carol")));
        }
    }

    @Test
    void channelConsentAndOutcomeMayBeOfASupertypeToo() {
        try (Shop shop = Shop.open(Pages.class, OthersOfSupertypes.class)) {
            shop.getAs("ada", "/page");
            assertThat(shop.event().channel()).contains(Channel.APP);
            assertThat(shop.event().customerKey()).isEmpty();
            assertThat(shop.event().outcome()).contains(Outcome.DEGRADED);
        }
    }

    @Test
    void resolverOfASupertypeFindsTheCustomerOfAReactiveRequest() {
        try (ReactiveShop shop = ReactiveShop.open(List.of(), Pages.class, OfObject.class)) {
            shop.getAs("ada", "/page");
            assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("carol")));
        }
    }

    @Test
    void reactiveChannelConsentAndOutcomeMayBeOfASupertypeToo() {
        try (ReactiveShop shop = ReactiveShop.open(List.of(), Pages.class, ReactiveOthersOfSupertypes.class)) {
            shop.getAs("ada", "/page");
            assertThat(shop.event().channel()).contains(Channel.APP);
            assertThat(shop.event().customerKey()).isEmpty();
            assertThat(shop.event().outcome()).contains(Outcome.DEGRADED);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfServletRequest {

        @Bean
        CustomerResolver<ServletRequest> carol() {
            return request -> CustomerId.of("carol");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfObject {

        @Bean
        CustomerResolver<Object> carol() {
            return request -> CustomerId.of("carol");
        }
    }

    static class AsComponent implements CustomerResolver<ServletRequest> {

        @Override
        public CustomerId resolve(ServletRequest request) {
            return CustomerId.of("carol");
        }
    }

    /** Spring also finds a bean of a supertype if it asks for the type itself, but not beside one of that type. */
    @Configuration(proxyBeanMethods = false)
    static class OthersOfSupertypes {

        @Bean
        ChannelResolver<HttpServletRequest> unknown() {
            return request -> null;
        }

        @Bean
        ConsentResolver<HttpServletRequest> agreed() {
            return request -> Consent.SCORE;
        }

        @Bean
        ChannelResolver<ServletRequest> app() {
            return request -> Channel.APP;
        }

        /** Is asked about events too. */
        @Bean
        ConsentResolver<Object> anonymous() {
            return source -> source instanceof HttpServletRequest ? Consent.AGGREGATE_ONLY : Consent.SCORE;
        }

        @Bean
        OutcomeClassifier<ServletRequest> degraded() {
            return request -> Outcome.DEGRADED;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReactiveOthersOfSupertypes {

        @Bean
        ChannelResolver<ServerWebExchange> unknown() {
            return exchange -> null;
        }

        @Bean
        ConsentResolver<ServerWebExchange> agreed() {
            return exchange -> Consent.SCORE;
        }

        @Bean
        ChannelResolver<Object> app() {
            return request -> Channel.APP;
        }

        /** Is asked about events too. */
        @Bean
        ConsentResolver<Object> anonymous() {
            return source -> source instanceof ServerWebExchange ? Consent.AGGREGATE_ONLY : Consent.SCORE;
        }

        @Bean
        OutcomeClassifier<Object> degraded() {
            return request -> Outcome.DEGRADED;
        }
    }
}
