package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.CaseContent;
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
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that erase and export a customer, and those of cases, take what they need from no page of another origin. */
class CustomerEndpointsTest {

    private static final CustomerId YURI = CustomerId.of("yuri");
    private static final String JSON = "application/json";
    private static final List<String> OPEN = List.of(
            "management.endpoints.web.exposure.include=touchstoneerasure,touchstoneexport,touchstonecases",
            "management.endpoint.touchstonecases.access=unrestricted",
            "touchstone.care.enabled=true",
            "touchstone.touchpoints[0].name=pay",
            "touchstone.touchpoints[0].owner=payments",
            "logging.level.dev.touchstone.http=info",
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

        private String cases() {
            return this == MVC_ELSEWHERE ? "/app/ops/touchstonecases" : "/actuator/touchstonecases";
        }

        private Site open() {
            return open(OPEN);
        }

        private Site open(List<String> more) {
            List<String> all = new ArrayList<>(more);
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
            return send(path, type, body, headers).statusCode();
        }

        /**
         * Sends it on a connection of its own: Spring Security's firewall answers before the body is read, and Reactor
         * Netty then may not read the next request of that connection.
         */
        int postAlone(String path, String type, String body, String... headers) {
            return Shop.send(HttpClient.newHttpClient(), message(path, type, body, headers))
                    .statusCode();
        }

        HttpResponse<String> send(String path, String type, String body, String... headers) {
            return Shop.send(message(path, type, body, headers));
        }

        private HttpRequest message(String path, String type, String body, String... headers) {
            HttpRequest.Builder request =
                    request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return request.build();
        }

        HttpResponse<String> post(String path, String body) {
            return send(path, JSON, body);
        }

        HttpResponse<String> get(String path) {
            return Shop.send(request(path).build());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .version(HttpClient.Version.HTTP_1_1);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void idIsTakenFromTheBodyOnlyAndFromNoPageOfAnotherOrigin(Place place) {
        String yuri = "{\"customer\": \"yuri\"}";
        String bob = "{\"customer\": \"bob\"}";
        try (Site site = place.open()) {
            site.touchstone()
                    .record(TouchpointEvent.builder("pay").customer(YURI).build());
            for (String path : List.of(place.erasure(), place.export())) {
                assertThat(site.post(path + "?customer=yuri", JSON, bob)).isEqualTo(400);
                assertThat(site.post(path + "?customer=yuri", JSON, "{}")).isEqualTo(400);
                assertThat(site.post(path, JSON, yuri, "Sec-Fetch-Site", "cross-site"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, yuri, "Sec-Fetch-Site", "same-site"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, yuri, "Origin", "http://evil.example"))
                        .isEqualTo(403);
                assertThat(site.post(path, JSON, yuri, "Origin", "null")).isEqualTo(403);
                assertThat(site.postAlone(path + ";a=b", JSON, yuri, "Sec-Fetch-Site", "cross-site"))
                        .isBetween(400, 499);
                for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
                    assertThat(site.post(path, type, yuri)).as(type).isBetween(400, 499);
                }
            }
            assertThat(site.touchstone().customer(YURI).count()).isOne();
            assertThat(site.post(place.export(), JSON, yuri)).isEqualTo(200);
            assertThat(site.post(place.erasure(), JSON, yuri, "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
            assertThat(site.touchstone().customer(YURI).count()).isZero();
        }
    }

    private static void assertState(HttpResponse<String> answer, String status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(JSON);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.body()).doesNotContain("yuri");
    }

    @ParameterizedTest
    @EnumSource
    void aTeamWorksOnACase(Place place) {
        Logger logger = (Logger) LoggerFactory.getLogger(CaseContent.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        String cases = place.cases();
        String key;
        String id;
        try (Site site = place.open()) {
            log.start();
            logger.addAppender(log);
            key = site.touchstone().key(YURI).toString();
            HttpResponse<String> opened = site.post(
                    cases, "{\"customer\": \"yuri\", \"touchpoint\": \"pay\", \"reason\": \"called \u00e4gain\"}");
            assertState(opened, "OPEN");
            assertThat(opened.body()).contains(key).contains("called \u00e4gain");
            id = JsonPath.read(opened.body(), "$.id");
            String one = cases + "/" + id;
            assertState(site.get(one), "OPEN");
            assertThat(JsonPath.<List<String>>read(
                            site.get(cases + "?owner=payments&status=OPEN").body(), "$.cases[*].id"))
                    .containsExactly(id);
            assertThat(site.get(cases + "?owner=search").body()).isEqualTo("{\"cases\":[]}");
            assertThat(site.get(cases + "?status=CONFIRMED").body()).isEqualTo("{\"cases\":[]}");
            assertThat(site.get(cases + "?status=yuri").statusCode()).isEqualTo(400);

            HttpResponse<String> refused = site.post(one + "/confirm", "");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(JsonPath.<String>read(refused.body(), "$.error")).contains("allowed: acknowledge");
            assertState(site.post(one + "/acknowledge", ""), "ACKNOWLEDGED");
            assertState(site.post(one + "/update", "{}"), "ACKNOWLEDGED");
            for (String bad : List.of("", "{}", "{\"resolution\": \"NONE\"}", "{\"resolution\": \"yuri\"}")) {
                assertThat(site.post(one + "/resolve", bad).statusCode()).isEqualTo(400);
            }
            assertState(site.post(one + "/resolve", "{\"resolution\": \"FULL\"}"), "RESOLVED");
            assertState(site.post(one + "/confirm", ""), "CONFIRMED");
            assertState(site.post(one + "/reopen", ""), "REOPENED");

            assertThat(site.get(cases + "/nothing").statusCode()).isEqualTo(404);
            assertThat(site.post(cases + "/nothing/update", "").statusCode()).isEqualTo(404);
            assertThat(site.post(one + "/forget", "").statusCode()).isEqualTo(404);
            assertThat(site.post(cases, "{\"customer\": \" \", \"touchpoint\": \"pay\", \"reason\": \"a\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(site.post(cases, "{\"touchpoint\": \"pay\", \"reason\": \"a\"}")
                            .statusCode())
                    .isEqualTo(400);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(6)
                .allMatch(line -> line.startsWith("Recovery case at pay, owner payments: "))
                .noneMatch(line -> line.contains("yuri") || line.contains(key) || line.contains(id));
    }

    @ParameterizedTest
    @EnumSource
    void aCaseIsChangedByNoPageOfAnotherOriginAndNotByReading(Place place) {
        try (Site site = place.open()) {
            String id =
                    site.touchstone().care().cases().open(YURI, "pay", "called").id();
            String one = place.cases() + "/" + id;
            for (String[] header : new String[][] {
                {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://evil.example"}
            }) {
                assertThat(site.post(one + "/acknowledge", JSON, "{}", header)).isEqualTo(403);
            }
            assertThat(site.post(one + "/resolve?resolution=FULL", JSON, "{}")).isEqualTo(400);
            assertThat(site.post(place.cases() + "?customer=yuri", JSON, "{}")).isEqualTo(400);
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
                assertThat(site.post(one + "/acknowledge", type, "{}")).isBetween(400, 499);
            }
            assertThat(site.get(one + "/acknowledge").statusCode()).isBetween(404, 405);
            assertState(site.get(one), "OPEN");
            assertState(site.send(one + "/acknowledge", JSON, "{}", "Sec-Fetch-Site", "same-origin"), "ACKNOWLEDGED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MVC", "WEBFLUX"})
    void casesAreNotThereUnlessTheApplicationSaysSoTwice(Place place) {
        String exposed = "management.endpoints.web.exposure.include=*";
        try (Site site = place.open(List.of("touchstone.care.enabled=true", exposed))) {
            assertThat(site.get(place.cases()).statusCode()).isEqualTo(404);
        }
        try (Site site = place.open(
                List.of("touchstone.care.enabled=true", "management.endpoint.touchstonecases.access=unrestricted"))) {
            assertThat(site.get(place.cases()).statusCode()).isEqualTo(404);
        }
        try (Site site = place.open(List.of(exposed, "management.endpoint.touchstonecases.access=read-only"))) {
            assertThat(site.get(place.cases()).body()).isEqualTo("{\"cases\":[]}");
            assertThat(site.post(place.cases(), "{}").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void principalWithoutANameKeepsNobodyFromLoggingIn() {
        try (Touchstone touchstone = Touchstone.create()) {
            TestingAuthenticationToken nameless = new TestingAuthenticationToken("yuri", "") {

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
