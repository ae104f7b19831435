package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.http.PageContent;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page with WebFlux. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({RouterFunction.class, Mono.class})
final class ReactivePage {

    @Bean
    @ConditionalOnMissingBean(name = "touchstonePage")
    RouterFunction<ServerResponse> touchstonePage(Touchstone touchstone, TouchstoneProperties properties) {
        String path = properties.page().path();
        return RouterFunctions.route(
                RequestPredicates.path(path + "/{*" + PageHandler.NAME + "}"),
                new PageHandler(
                        path, new PageContent(touchstone, properties.page().pageLinks())));
    }
}
