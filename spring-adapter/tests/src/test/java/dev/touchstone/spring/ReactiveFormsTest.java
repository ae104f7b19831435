package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.View;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A form that WebFlux shows again, because its input was refused, is no success although its status is 200. */
class ReactiveFormsTest {

    private static ReactiveShop shop;

    @BeforeAll
    static void open() {
        shop = ReactiveShop.open(List.of(), Pages.class, Views.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void formThatIsShownAgainIsDegradedAndTheNextAttemptIsARetry() {
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(post("name=")).isEqualTo(200);
        }
        assertThat(post("name=Ada")).isEqualTo(200);
        assertThat(shop.events())
                .extracting(each -> each.event().outcome().orElseThrow())
                .containsExactly(Outcome.DEGRADED, Outcome.DEGRADED, Outcome.DEGRADED, Outcome.SUCCESS);
        assertThat(shop.events())
                .extracting(each -> each.event().invalidInput())
                .containsExactly(true, true, true, false);
        assertThat(shop.touchstone().customer(CustomerId.of("ada")).effort().value())
                .isCloseTo(100 * (1 - Math.pow(2, -1.5 / 3)), within(1e-9));
    }

    @Test
    void formThatIsShownForTheFirstTimeIsASuccess() {
        assertThat(shop.get("/form").statusCode()).isEqualTo(200);
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private static int post(String form) {
        return Shop.send(shop.request("/form")
                        .header("Authorization", "Basic YWRhOnNlY3JldA==")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build())
                .statusCode();
    }

    @Controller
    static class Pages {

        @GetMapping("/form")
        @Touchpoint(name = "form")
        String show(@ModelAttribute("form") FormsTest.Form form) {
            return "form-view";
        }

        @PostMapping("/form")
        @Touchpoint(name = "form")
        String submit(@ModelAttribute("form") FormsTest.Form form, BindingResult errors) {
            if (form.getName().isEmpty()) {
                errors.rejectValue("name", "missing");
                return "form-view";
            }
            return "done-view";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Views {

        @Bean
        ViewResolver forms() {
            return (name, locale) -> name.endsWith("-view") ? Mono.just(new FormView()) : Mono.empty();
        }
    }

    static final class FormView implements View {

        @Override
        public List<MediaType> getSupportedMediaTypes() {
            return List.of(MediaType.TEXT_HTML);
        }

        @Override
        public Mono<Void> render(Map<String, ?> model, MediaType contentType, ServerWebExchange exchange) {
            exchange.getResponse().getHeaders().setContentType(MediaType.TEXT_HTML);
            return exchange.getResponse()
                    .writeWith(Mono.just(
                            exchange.getResponse().bufferFactory().wrap("<form>".getBytes(StandardCharsets.UTF_8))));
        }
    }
}
