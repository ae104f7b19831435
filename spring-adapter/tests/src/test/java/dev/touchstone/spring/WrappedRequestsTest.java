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
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Resolvers and classifiers read the request as the filters of the application pass it on. */
class WrappedRequestsTest {

    private static final String WHO = "X-Who";

    @Test
    void resolversReadWhatAFilterAdds() {
        try (Shop shop = Shop.open(Pages.class, Gateway.class, ByHeader.class)) {
            shop.get("/page");
            check(shop.event(), shop.touchstone().key(CustomerId.of("carol")));
        }
    }

    @Test
    void resolverReadsThePrincipalOfSpringSecurityFromTheRequest() {
        try (Shop shop = Shop.open(Pages.class, ByPrincipal.class)) {
            shop.getAs("ada", "/page");
            assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of("ada")));
        }
    }

    @Test
    void reactiveResolversReadWhatAFilterAdds() {
        try (ReactiveShop shop =
                ReactiveShop.open(List.of(), Pages.class, ReactiveGateway.class, ReactiveByHeader.class)) {
            shop.get("/page");
            check(shop.event(), shop.touchstone().key(CustomerId.of("carol")));
        }
    }

    private static void check(TouchpointEvent event, Object customer) {
        assertThat(event.customerKey().map(Object.class::cast)).contains(customer);
        assertThat(event.channel()).contains(Channel.APP);
        assertThat(event.outcome()).contains(Outcome.DEGRADED);
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    /** Says who it is in a header that the client did not send. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Gateway extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public String getHeader(String name) {
                            return name.equals(WHO) ? "carol" : super.getHeader(name);
                        }
                    },
                    response);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHeader {

        @Bean
        CustomerResolver<HttpServletRequest> customer() {
            return request -> request.getHeader(WHO) == null ? null : CustomerId.of(request.getHeader(WHO));
        }

        @Bean
        ChannelResolver<HttpServletRequest> channel() {
            return request -> request.getHeader(WHO) == null ? Channel.WEB : Channel.APP;
        }

        @Bean
        ConsentResolver<HttpServletRequest> consent() {
            return request -> request.getHeader(WHO) == null ? Consent.NONE : Consent.SCORE;
        }

        @Bean
        OutcomeClassifier<HttpServletRequest> outcome() {
            return finished -> finished.request().getHeader(WHO) == null ? Outcome.SUCCESS : Outcome.DEGRADED;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByPrincipal {

        @Bean
        CustomerResolver<HttpServletRequest> customer() {
            return request -> {
                Principal principal = request.getUserPrincipal();
                return principal == null ? null : CustomerId.of(principal.getName());
            };
        }
    }

    /** Says who it is in a header that the client did not send. */
    static final class ReactiveGateway implements WebFilter, Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return chain.filter(exchange.mutate()
                    .request(request -> request.header(WHO, "carol"))
                    .build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReactiveByHeader {

        private static String who(ServerWebExchange exchange) {
            return exchange.getRequest().getHeaders().getFirst(WHO);
        }

        @Bean
        CustomerResolver<ServerWebExchange> customer() {
            return exchange -> who(exchange) == null ? null : CustomerId.of(who(exchange));
        }

        @Bean
        ChannelResolver<ServerWebExchange> channel() {
            return exchange -> who(exchange) == null ? Channel.WEB : Channel.APP;
        }

        @Bean
        ConsentResolver<ServerWebExchange> consent() {
            return exchange -> who(exchange) == null ? Consent.NONE : Consent.SCORE;
        }

        @Bean
        OutcomeClassifier<ServerWebExchange> outcome() {
            return finished -> who(finished.request()) == null ? Outcome.SUCCESS : Outcome.DEGRADED;
        }
    }
}
