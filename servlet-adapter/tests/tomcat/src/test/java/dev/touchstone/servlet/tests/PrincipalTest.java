package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The customer is the user authenticated by the container, unless the application sets another one. */
class PrincipalTest {

    @ParameterizedTest
    @CsvSource({"/orders/7, bob", "/throw/runtime, bob", "/async/complete, bob", "/async/dispatch, bob", "/facts, ada"})
    void whoeverIsLoggedInIsTheCustomer(String path, String customer, @TempDir Path folder) throws Exception {
        Shop shop = Shop.open(new TomcatContainer(), Site.in(folder), Site.CATALOG);
        try {
            shop.get(path, "X-User: bob");
            assertThat(shop.event().customerKey()).contains(shop.touchstone().key(CustomerId.of(customer)));
        } finally {
            shop.close();
        }
    }

    /** A 401 to an authenticated user is not a challenge. */
    @Test
    void refusalOfWhoeverIsLoggedInIsNoChallenge(@TempDir Path folder) throws Exception {
        Shop shop = Shop.open(new TomcatContainer(), Site.in(folder), Site.CATALOG);
        try {
            assertThat(shop.get("/t/orders/7", "X-User: bob")).startsWith("HTTP/1.1 401");
            assertThat(shop.event().touchpoint()).isEqualTo("t.order");
            assertThat(shop.event().outcome()).contains(Outcome.DEGRADED);
        } finally {
            shop.close();
        }
    }
}
