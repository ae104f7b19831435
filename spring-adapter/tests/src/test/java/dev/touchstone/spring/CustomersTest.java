package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whose event it is, and what a controller learns of the customer. */
class CustomersTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class);
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
    void whoIsLoggedInIsTheCustomer() {
        shop.getAs("ada", "/page");
        TouchpointEvent event = shop.event();
        assertThat(event.customerKey()).isEqualTo(keyOf("ada"));
        assertThat(event.customerId()).isEmpty();
    }

    @Test
    void whoIsNotLoggedInIsNobody() {
        shop.get("/page");
        assertThat(shop.event().customerKey()).isEmpty();
    }

    @Test
    void whomTheControllerNamesIsTheCustomer() {
        shop.getAs("ada", "/named");
        assertThat(shop.event().customerKey()).isEqualTo(keyOf("crm-7"));
    }

    @Test
    void whoLogsInDuringTheRequestIsTheCustomer() {
        shop.get("/log-in");
        assertThat(shop.event().customerKey()).isEqualTo(keyOf("eve"));
    }

    @Test
    void aControllerLearnsHowTheCustomersExperienceIsGoing() {
        assertThat(shop.getAs("bob", "/experience").body()).isEqualTo("0 events");
        shop.event();
        assertThat(shop.getAs("bob", "/experience").body()).isEqualTo("1 events");
        assertThat(shop.getAs("bob", "/experience-elsewhere").body()).isEqualTo("2 events");
        assertThat(shop.events()).hasSize(3); // none of them may come into the next test
    }

    @Test
    void ofNobodyNothingIsKnown() {
        assertThat(shop.get("/experience").body()).isEqualTo("0 events");
        assertThat(shop.get("/experience-elsewhere").body()).isEqualTo("unknown");
        assertThat(shop.events()).hasSize(2);
    }

    @Test
    void aResolverOfTheApplicationReplacesOurs() {
        try (Shop other = Shop.open(Pages.class, ByHeader.class)) {
            Shop.send(other.request("/page").header("X-Who", "carol").build());
            Touchstone touchstone = other.touchstone();
            assertThat(other.event().customerKey()).contains(touchstone.key(CustomerId.of("carol")));
        }
    }

    @Test
    void aResolverForSomethingElseDoesNot() {
        try (Shop other = Shop.open(Pages.class, ForMessages.class)) {
            other.getAs("ada", "/page");
            assertThat(other.event().customerKey()).contains(other.touchstone().key(CustomerId.of("ada")));
        }
    }

    private static Optional<CustomerKey> keyOf(String customer) {
        return Optional.of(shop.touchstone().key(CustomerId.of(customer)));
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }

        @GetMapping("/named")
        @Touchpoint(name = "named")
        String named(Interaction visit) {
            visit.customer(CustomerId.of("crm-7"));
            return "named";
        }

        @GetMapping("/log-in")
        @Touchpoint(name = "log-in")
        String logIn() {
            SecurityContextHolder.getContext()
                    .setAuthentication(
                            UsernamePasswordAuthenticationToken.authenticated("eve", null, java.util.List.of()));
            return "welcome";
        }

        @GetMapping("/experience")
        @Touchpoint(name = "experience")
        String experience(CustomerExperience customer) {
            return customer.count() + " events";
        }

        @GetMapping("/experience-elsewhere")
        String elsewhere(CustomerExperience customer) {
            return customer.equals(CustomerExperience.unknown()) ? "unknown" : customer.count() + " events";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHeader {

        @Bean
        CustomerResolver<HttpServletRequest> byHeader() {
            return request -> CustomerId.of(request.getHeader("X-Who"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ForMessages {

        @Bean
        CustomerResolver<String> forMessages() {
            return CustomerId::of;
        }
    }
}
