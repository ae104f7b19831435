package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A declared route means the same with Spring MVC, WebFlux and servlets: the path of the request decides. */
class RoutesTest {

    private static final String CATALOG = "touchstone.catalog=classpath:catalogs/checkout.json";

    private static Shop shop;
    private static ReactiveShop reactive;

    @BeforeAll
    static void open() {
        shop = Shop.open(List.of(CATALOG), Pages.class);
        reactive = ReactiveShop.open(List.of(CATALOG), Pages.class);
    }

    @AfterAll
    static void close() {
        shop.close();
        reactive.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
        reactive.forget();
    }

    private static void send(HttpRequest.Builder request, String method) {
        Shop.send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /checkout/7/pay, checkout.pay",
        "GET, /orders/7, order",
        "GET, /orders/a%20b, order",
        "GET, /orders/mine, order.mine",
        "HEAD, /orders/7, order"
    })
    void routeMatchesThePathWhateverTheNamesOfVariables(String method, String path, String touchpoint) {
        send(shop.request(path), method);
        send(reactive.request(path), method);
        assertThat(shop.event().touchpoint()).isEqualTo(touchpoint);
        assertThat(reactive.event().touchpoint()).isEqualTo(touchpoint);
    }

    @RestController
    static class Pages {

        @PostMapping("/checkout/{basketId}/pay")
        String pay(@PathVariable("basketId") String basket) {
            return basket;
        }

        @GetMapping("/orders/{number}")
        String order(@PathVariable("number") String number) {
            return number;
        }
    }
}
