package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that erase and export a customer take the id from the body, and from no page of another origin. */
class CustomerEndpointsTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final String JSON = "application/json";
    private static final List<String> OPEN = List.of(
            "management.endpoints.web.exposure.include=touchstoneerasure,touchstoneexport",
            "management.endpoint.touchstoneerasure.access=unrestricted",
            "management.endpoint.touchstoneexport.access=unrestricted",
            "spring.autoconfigure.exclude=org.springframework.boot.tomcat"
                    + ".autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration");

    /** Where the endpoints are. */
    enum Place {
        MVC(false, List.of()),
        MVC_ON_A_PORT_OF_ITS_OWN(false, List.of("management.server.port=0", "management.server.address=127.0.0.1")),
        MVC_ELSEWHERE(
                false,
                List.of(
                        "management.endpoints.web.base-path=/ops",
                        "management.endpoints.web.path-mapping.touchstoneerasure=forget-me",
                        "spring.mvc.servlet.path=/app")),
        WEBFLUX(true, List.of()),
        WEBFLUX_ON_A_PORT_OF_ITS_OWN(true, List.of("management.server.port=0", "management.server.address=127.0.0.1"));

        private final boolean reactive;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> properties;

        Place(boolean reactive, List<String> properties) {
            this.reactive = reactive;
            this.properties = properties;
        }

        private String erasure() {
            return this == MVC_ELSEWHERE ? "/app/ops/forget-me" : "/actuator/touchstoneerasure";
        }

        private String export() {
            return this == MVC_ELSEWHERE ? "/app/ops/touchstoneexport" : "/actuator/touchstoneexport";
        }

        private Site open() {
            List<String> all = new ArrayList<>(OPEN);
            all.addAll(properties);
            if (reactive) {
                ReactiveShop shop = ReactiveShop.open(all, Pages.class);
                return new Site(shop::close, shop.touchstone(), port(shop.bean(Environment.class)));
            }
            Shop shop = Shop.open(all, Pages.class);
            return new Site(shop::close, shop.touchstone(), port(shop.bean(Environment.class)));
        }

        private static String port(Environment environment) {
            return environment.getProperty(
                    "local.management.port", environment.getRequiredProperty("local.server.port"));
        }
    }

    private record Site(Runnable end, Touchstone touchstone, String port) implements AutoCloseable {

        int post(String path, String type, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<String> answer = Shop.send(request.build());
            return answer.statusCode();
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void idIsTakenFromTheBodyOnlyAndFromNoPageOfAnotherOrigin(Place place) {
        String ada = "{\"customer\": \"ada\"}";
        String bob = "{\"customer\": \"bob\"}";
        try (Site site = place.open()) {
            site.touchstone()
                    .record(TouchpointEvent.builder("pay").customer(ADA).build());
            for (String path : List.of(place.erasure(), place.export())) {
                assertThat(site.post(path + "?customer=ada", JSON, bob)).isEqualTo(400);
                assertThat(site.post(path + "?customer=ada", JSON, "{}")).isEqualTo(400);
                assertThat(site.post(path, JSON, ada, "Sec-Fetch-Site", "cross-site"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, ada, "Sec-Fetch-Site", "same-site"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, ada, "Origin", "http://evil.example"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, ada, "Origin", "null")).isEqualTo(403);
                assertThat(site.post(path + ";a=b", JSON, ada, "Sec-Fetch-Site", "cross-site"))
                        .isBetween(400, 499);
                for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
                    assertThat(site.post(path, type, ada)).as(type).isBetween(400, 499);
                }
            }
            assertThat(site.touchstone().customer(ADA).count()).isOne();
            assertThat(site.post(place.export(), JSON, ada)).isEqualTo(200);
            assertThat(site.post(place.erasure(), JSON, ada, "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
            assertThat(site.touchstone().customer(ADA).count()).isZero();
        }
    }

    @Test
    void principalWithoutANameKeepsNobodyFromLoggingIn() {
        try (Touchstone touchstone = Touchstone.create()) {
            TestingAuthenticationToken nameless = new TestingAuthenticationToken("ada", "") {

                private static final long serialVersionUID = 1L;

                @Override
                public String getName() {
                    throw new IllegalStateException();
                }
            };
            new GuestLogin(touchstone).onApplicationEvent(new SessionFixationProtectionEvent(nameless, "old", "new"));
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        String page() {
            return "page";
        }
    }
}
