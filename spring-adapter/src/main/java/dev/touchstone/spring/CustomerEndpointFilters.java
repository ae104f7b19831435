package dev.touchstone.spring;

import dev.touchstone.http.CustomerRequests;
import dev.touchstone.http.PageContent;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The filters before {@link CustomerEndpoints}, after those of Spring Security. */
@Configuration(proxyBeanMethods = false)
final class CustomerEndpointFilters {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** In a servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(Filter.class)
    static class InServlets {

        @Bean
        CustomerEndpointFilter touchstoneCustomerEndpointFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
            return new CustomerEndpointFilter(new CustomerEndpoints(endpoints::getIfAvailable));
        }
    }

    /** With WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass({WebFilter.class, Mono.class})
    static class InWebFlux {

        @Bean
        CustomerEndpointWebFilter touchstoneCustomerEndpointFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
            return new CustomerEndpointWebFilter(new CustomerEndpoints(endpoints::getIfAvailable));
        }
    }

    /** Refuses by an error of the container. */
    static final class CustomerEndpointFilter extends HttpFilter {

        private static final long serialVersionUID = 1L;

        private final transient CustomerEndpoints endpoints;

        CustomerEndpointFilter(CustomerEndpoints endpoints) {
            this.endpoints = endpoints;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (!endpoints.isAt(path(request))) {
                chain.doFilter(request, response);
                return;
            }
            PageContent.HEADERS.forEach(response::setHeader);
            int status = CustomerEndpoints.status(
                    request.getMethod(),
                    request.getQueryString(),
                    request.getHeader(HttpHeaders.HOST),
                    request.getHeader(HttpHeaders.ORIGIN),
                    request.getHeader(FETCH_SITE));
            if (status == CustomerRequests.ALLOWED) {
                chain.doFilter(request, response);
            } else {
                response.sendError(status);
            }
        }

        /** Returns the path as decoded by the container, without path parameters. */
        private static String path(HttpServletRequest request) {
            String info = request.getPathInfo();
            return info == null ? request.getServletPath() : request.getServletPath() + info;
        }
    }

    /** Refuses by an empty response. */
    static final class CustomerEndpointWebFilter implements WebFilter {

        private final CustomerEndpoints endpoints;

        CustomerEndpointWebFilter(CustomerEndpoints endpoints) {
            this.endpoints = endpoints;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            ServerHttpRequest request = exchange.getRequest();
            if (!endpoints.isAt(path(request))) {
                return chain.filter(exchange);
            }
            PageContent.HEADERS.forEach(exchange.getResponse().getHeaders()::set);
            HttpHeaders headers = request.getHeaders();
            int status = CustomerEndpoints.status(
                    request.getMethod().name(),
                    request.getURI().getRawQuery(),
                    headers.getFirst(HttpHeaders.HOST),
                    headers.getFirst(HttpHeaders.ORIGIN),
                    headers.getFirst(FETCH_SITE));
            if (status == CustomerRequests.ALLOWED) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(status));
            return exchange.getResponse().setComplete();
        }

        private static String path(ServerHttpRequest request) {
            return request.getPath().pathWithinApplication().elements().stream()
                    .map(element -> element instanceof PathContainer.PathSegment segment
                            ? segment.valueToMatch()
                            : element.value())
                    .collect(Collectors.joining());
        }
    }
}
