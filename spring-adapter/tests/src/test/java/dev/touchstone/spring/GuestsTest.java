package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.ConsentResolver;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is not logged in, and what people agreed to. */
class GuestsTest {

    private static final List<String> GUESTS = List.of("touchstone.session-guests=true");

    @Test
    void aSessionIsNoCustomerUnlessAsked() throws Exception {
        try (Shop shop = Shop.open(Pages.class)) {
            Browser browser = new Browser(shop);
            browser.get("/begin");
            browser.get("/page");
            assertThat(shop.events())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.customerKey()).isEmpty());
        }
    }

    @Test
    void aGuestIsToldFromOthersByTheSession() throws Exception {
        try (Shop shop = Shop.open(GUESTS, Pages.class)) {
            Browser one = new Browser(shop);
            one.get("/begin");
            one.get("/page");
            new Browser(shop).get("/begin");
            List<TouchpointEvent> events = shop.events();
            assertThat(events).hasSize(3);
            assertThat(events.get(0).customerKey())
                    .isPresent()
                    .isEqualTo(events.get(1).customerKey());
            assertThat(events.get(2).customerKey())
                    .isPresent()
                    .isNotEqualTo(events.get(0).customerKey());
        }
    }

    @Test
    void aRequestWithoutSessionIsNobodysAndBeginsNone() throws Exception {
        try (Shop shop = Shop.open(GUESTS, Pages.class)) {
            HttpResponse<String> response = shop.get("/page");
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(shop.event().customerKey()).isEmpty();
        }
    }

    @Test
    void aGuestWhoLogsInInAControllerBecomesTheCustomer() throws Exception {
        try (Shop shop = Shop.open(GUESTS, Pages.class)) {
            Browser browser = new Browser(shop);
            browser.get("/begin");
            browser.get("/page");
            browser.get("/log-in");
            shop.events();
            assertThat(shop.touchstone().customer(CustomerId.of("eve")).count()).isEqualTo(3);
        }
    }

    @Test
    void aGuestWhoLogsInWithAFormAndGetsAnotherSessionIdBecomesTheCustomer() throws Exception {
        try (Shop shop = Shop.open(GUESTS, Pages.class, FormLogin.class)) {
            Browser browser = new Browser(shop);
            browser.get("/begin");
            browser.get("/page");
            browser.post("/login", "username=ada&password=secret");
            browser.get("/page");
            shop.events();
            assertThat(shop.touchstone().customer(CustomerId.of("ada")).count()).isEqualTo(3);
        }
    }

    @Test
    void whoDoesNotWantToBeFollowedIsNot() throws Exception {
        try (Shop shop = Shop.open(List.of("touchstone.global-privacy-control=true"), Pages.class)) {
            Shop.send(asAda(shop, "/page").header("Sec-GPC", "1").build());
            assertThat(shop.event().customerKey()).isEmpty();
            shop.forget();
            Shop.send(asAda(shop, "/page").build());
            assertThat(shop.event().customerKey()).isPresent();
        }
    }

    @Test
    void thatHeaderMeansNothingUnlessAsked() throws Exception {
        try (Shop shop = Shop.open(Pages.class)) {
            Shop.send(asAda(shop, "/page").header("Sec-GPC", "1").build());
            assertThat(shop.event().customerKey()).isPresent();
        }
    }

    @Test
    void ofSeveralWhoKnowTheStrictestHolds() throws Exception {
        try (Shop shop = Shop.open(Pages.class, Consents.class)) {
            Shop.send(asAda(shop, "/page").header("X-Consent", "SCORE").build());
            assertThat(shop.event().customerKey()).isPresent();
            shop.forget();
            Shop.send(asAda(shop, "/page").header("X-Consent", "AGGREGATE_ONLY").build());
            assertThat(shop.event().customerKey()).isEmpty();
            shop.forget();
            HttpResponse<String> refused =
                    Shop.send(asAda(shop, "/page").header("X-Consent", "NONE").build());
            assertThat(refused.body()).isEqualTo("page");
            assertThat(shop.events()).isEmpty();
            assertThat(shop.touchstone().health().dropped(DropReason.NO_CONSENT))
                    .isOne();
        }
    }

    @Test
    void aResolverThatFailsMeansNoConsent() throws Exception {
        try (Shop shop = Shop.open(Pages.class, Consents.class)) {
            Touchstone touchstone = shop.touchstone();
            assertThat(Shop.send(asAda(shop, "/page")
                                    .header("X-Consent", "null")
                                    .build())
                            .body())
                    .isEqualTo("page");
            assertThat(Shop.send(asAda(shop, "/page")
                                    .header("X-Consent", "nonsense")
                                    .build())
                            .body())
                    .isEqualTo("page");
            assertThat(shop.events()).isEmpty();
            assertThat(touchstone.health().dropped(DropReason.NO_CONSENT)).isEqualTo(2);
        }
    }

    @Test
    void aResolverOfEventsIsAskedToo() {
        try (Shop shop = Shop.open(Pages.class, OfEvents.class)) {
            shop.get("/page");
            assertThat(shop.events()).isEmpty();
            assertThat(shop.touchstone().health().dropped(DropReason.NO_CONSENT))
                    .isOne();
        }
    }

    private static HttpRequest.Builder asAda(Shop shop, String path) {
        return shop.request(path).header("Authorization", "Basic YWRhOnNlY3JldA==");
    }

    /** Keeps its cookies. */
    private static final class Browser {

        private final Shop shop;
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        Browser(Shop shop) {
            this.shop = shop;
        }

        void get(String path) throws Exception {
            HttpResponse<String> response =
                    client.send(shop.request(path).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        void post(String path, String form) throws Exception {
            HttpRequest request = shop.request(path)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location").orElse("")).doesNotContain("error");
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/begin")
        @Touchpoint(name = "begin")
        String begin(HttpServletRequest request) {
            return "" + request.getSession().isNew();
        }

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }

        @GetMapping("/log-in")
        @Touchpoint(name = "log-in")
        String logIn(HttpServletRequest request, HttpServletResponse response) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("eve", null, List.of()));
            SecurityContextHolder.setContext(context);
            request.changeSessionId();
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
            return "welcome";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FormLogin {

        @Bean
        @Order(0)
        SecurityFilterChain form(HttpSecurity http) throws Exception {
            return http.securityMatcher("/login", "/begin", "/page")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .formLogin(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Consents {

        @Bean
        ConsentResolver<HttpServletRequest> everything() {
            return request -> Consent.SCORE;
        }

        @Bean
        ConsentResolver<HttpServletRequest> byHeader() {
            return request -> {
                String consent = request.getHeader("X-Consent");
                return consent.equals("null") ? null : Consent.valueOf(consent);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfEvents {

        @Bean
        ConsentResolver<TouchpointEvent> ofEvents() {
            return event -> event.touchpoint().equals("page") ? Consent.NONE : Consent.SCORE;
        }
    }
}
