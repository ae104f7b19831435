package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page, switched on by a property, in Tomcat and on Netty. */
class PageTest {

    private static final String ON = "touchstone.page.enabled=true";
    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer");
    /** Spring Boot 4 cannot have two servers on the class path of a reactive management; the other one is for MVC here. */
    private static final String TOMCAT_ELSEWHERE = "spring.autoconfigure.exclude=org.springframework.boot.tomcat"
            + ".autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";

    private static final String FORM = "application/x-www-form-urlencoded";

    /** What an application is made of. */
    enum Kind {
        MVC,
        WEBFLUX;

        Site open(List<String> properties, Class<?>... sources) {
            if (this == MVC) {
                Shop shop = Shop.open(properties, sources);
                return new Site(
                        shop::close,
                        shop.touchstone(),
                        shop.bean(Environment.class),
                        () -> shop.events().size());
            }
            List<String> onNetty = new ArrayList<>(properties);
            onNetty.add(TOMCAT_ELSEWHERE);
            ReactiveShop shop = ReactiveShop.open(onNetty, sources);
            return new Site(
                    shop::close,
                    shop.touchstone(),
                    shop.bean(Environment.class),
                    () -> shop.events().size());
        }
    }

    /**
     * An application that runs.
     *
     * @param end ends it
     * @param touchstone its instance
     * @param environment knows the ports
     * @param events how many events there are after a while in which nothing happens
     */
    private record Site(Runnable end, Touchstone touchstone, Environment environment, Supplier<Integer> events)
            implements AutoCloseable {

        HttpRequest.Builder request(String path) {
            return request("local.server.port", path);
        }

        HttpRequest.Builder request(String port, String path) {
            return HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + environment.getRequiredProperty(port) + path));
        }

        HttpResponse<String> get(String path) {
            return Shop.send(request(path).build());
        }

        HttpResponse<String> ask(String path, String form, String... headers) {
            HttpRequest.Builder request =
                    request(path).header("Content-Type", FORM).POST(HttpRequest.BodyPublishers.ofString(form));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return Shop.send(request.build());
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private static void assertProtected(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'");
        HEADERS.forEach((name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
    }

    @ParameterizedTest
    @EnumSource
    void whileItIsOffItsPathAnswersAsIfItWereNotThere(Kind kind) {
        try (Site site = kind.open(List.of(), Pages.class)) {
            for (String name : List.of("", "/", "/page.js", "/scoreboard.json")) {
                assertThat(told(site.get("/touchstone" + name)))
                        .isEqualTo(told(site.get("/nowhereatall" + name)))
                        .startsWith("404");
            }
            assertThat(told(site.ask("/touchstone/customer", "id=ada", "Sec-Fetch-Site", "same-origin")))
                    .isEqualTo(told(site.ask("/nowhereatall/customer", "id=ada", "Sec-Fetch-Site", "same-origin")))
                    .startsWith("404");
        }
    }

    /** Returns an answer without what belongs to the moment and to the path. */
    private static String told(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("Date");
        return (answer.statusCode() + " " + headers + " " + answer.body())
                .replaceAll("\"timestamp\":\"[^\"]*\"", "")
                .replaceAll("\"requestId\":\"[^\"]*\"", "")
                .replace("nowhereatall", "touchstone")
                .replaceAll("[cC]ontent-[lL]ength=\\[\\d+\\]", "");
    }

    @ParameterizedTest
    @EnumSource
    void itIsServedWholeAndIsNoTouchpoint(Kind kind) {
        try (Site site = kind.open(List.of(ON), Pages.class)) {
            site.touchstone().record(TouchpointEvent.builder("pay").build());
            Map<String, String> types = Map.of(
                    "", "text/html;charset=UTF-8",
                    "page.css", "text/css;charset=UTF-8",
                    "page.js", "text/javascript;charset=UTF-8",
                    "icon.svg", "image/svg+xml",
                    "scoreboard.json", "application/json");
            types.forEach((name, type) -> {
                HttpResponse<String> answer = site.get("/touchstone/" + name);
                assertThat(answer.statusCode()).as(name).isEqualTo(200);
                assertThat(answer.headers()
                                .firstValue("Content-Type")
                                .orElse("")
                                .replace("; ", ";"))
                        .isEqualToIgnoringCase(type);
                assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                        .isPositive();
                assertProtected(answer);
            });
            assertThat(site.get("/touchstone/scoreboard.json").body())
                    .contains("\"accepted\":1")
                    .contains("painPoints");
            HttpResponse<String> head = Shop.send(site.request("/touchstone/")
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());
            assertThat(head.statusCode()).isEqualTo(200);
            assertProtected(head);
            HttpResponse<String> bare = site.get("/touchstone");
            assertThat(bare.statusCode()).isEqualTo(302);
            assertThat(URI.create(bare.headers().firstValue("Location").orElseThrow())
                            .getPath())
                    .isEqualTo("/touchstone/");
            for (String name : List.of("nothing", "PageContent.class", "page/page.js", "customer")) {
                HttpResponse<String> answer = site.get("/touchstone/" + name);
                assertThat(answer.statusCode()).as(name).isEqualTo(404);
                assertProtected(answer);
            }
            assertThat(Shop.send(site.request("/touchstone/page.js").DELETE().build())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(site.get("/touchstonesoup").statusCode()).isEqualTo(404);
            site.ask("/touchstone/customer", "id=ada", "Sec-Fetch-Site", "same-origin");
            assertThat(site.events().get()).isOne(); // that at the top
            assertThat(site.touchstone().health().offered()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHistoryIsServedWithTheHeadersOfThePageAndABadQueryIsRefused(Kind kind) {
        try (Site site = kind.open(List.of(ON, "touchstone.minimum-group-size=0"), Pages.class)) {
            site.touchstone().record(TouchpointEvent.builder("GET /pay").build());
            site.touchstone().mark("release 2.3.1");
            String path = "/touchstone/history.json?resolution=hour";
            HttpResponse<String> answer = site.get(path + "&scope=touchpoint&name=GET+%2Fpay");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).contains("\"resolution\":\"PT1H\"", "\"events\":1", "release 2.3.1");
            assertProtected(answer);
            HttpResponse<String> refused = site.get(path + "&scope=team");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"error\":\"scope must be one of overall, touchpoint, channel, stage, owner, journey\"}");
            assertProtected(refused);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCustomerIsAskedForByThePageItselfAndInTheBody(Kind kind) {
        try (Site site = kind.open(List.of(ON), Pages.class)) {
            site.touchstone()
                    .record(TouchpointEvent.builder("pay")
                            .customer(CustomerId.of("ada lovelace"))
                            .build());
            String key = site.touchstone().key(CustomerId.of("ada lovelace")).toString();
            String path = "/touchstone/customer";
            for (String form : List.of("id=ada+lovelace", "pseudonym=" + key)) {
                HttpResponse<String> answer = site.ask(path, form, "Sec-Fetch-Site", "same-origin");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains(key).contains("\"count\":1").doesNotContain("lovelace");
                assertProtected(answer);
            }
            String host = "127.0.0.1:" + site.environment().getRequiredProperty("local.server.port");
            assertThat(site.ask(path, "id=ada", "Origin", "http://" + host).statusCode())
                    .isEqualTo(200);
            List<HttpResponse<String>> refused = new ArrayList<>();
            refused.add(site.ask(path, "id=ada", "Sec-Fetch-Site", "cross-site", "Origin", "http://" + host));
            refused.add(site.ask(path, "id=ada", "Sec-Fetch-Site", "same-site"));
            refused.add(site.ask(path, "id=ada", "Origin", "http://evil.example"));
            refused.add(site.ask(path, "id=ada"));
            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(403);
                assertProtected(answer);
            });
            List<HttpResponse<String>> bad = new ArrayList<>();
            bad.add(site.ask(path + "?id=ada", "id=ada", "Sec-Fetch-Site", "same-origin"));
            bad.add(site.ask(path, "name=ada", "Sec-Fetch-Site", "same-origin"));
            bad.add(site.ask(path, "pseudonym=ada", "Sec-Fetch-Site", "same-origin"));
            bad.add(site.ask(path, "id=" + "a".repeat(1000), "Sec-Fetch-Site", "same-origin"));
            assertThat(bad).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).doesNotContain("ada");
                assertProtected(answer);
            });
            // servers differ in what they make of a form that is malformed; none of them finds a customer in it
            HttpResponse<String> malformed = site.ask(path, "id=%zz", "Sec-Fetch-Site", "same-origin");
            assertThat(malformed.statusCode()).isBetween(400, 499);
            assertThat(malformed.body()).doesNotContain("count");
            assertThat(site.ask("/touchstone/scoreboard.json", "id=ada", "Sec-Fetch-Site", "same-origin")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void formThatIsNoFormOfThePageIsRefusedWithoutAStackTrace(Kind kind) {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        try (Site site = kind.open(List.of(ON), Pages.class)) {
            logged.start();
            root.addAppender(logged);
            String path = "/touchstone/customer";
            for (int length : new int[] {10_000, 3_000_000}) {
                HttpResponse<String> answer =
                        site.ask(path, "id=" + "a".repeat(length), "Sec-Fetch-Site", "same-origin");
                assertThat(answer.statusCode()).isEqualTo(413);
                assertProtected(answer);
            }
            HttpResponse<String> endless = Shop.send(site.request(path)
                    .headers("Content-Type", FORM, "Sec-Fetch-Site", "same-origin")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream("id=ada".getBytes(StandardCharsets.UTF_8))))
                    .build());
            assertThat(endless.statusCode()).isEqualTo(411);
            assertThat(site.ask(path, "id=%zz", "Sec-Fetch-Site", "same-origin").statusCode())
                    .isEqualTo(400);
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list).noneMatch(event -> event.getThrowableProxy() != null);
    }

    @ParameterizedTest
    @EnumSource
    void itIsWhereItIsPutAndOnTheManagementsPortIfThatIsAnother(Kind kind) {
        List<String> properties = List.of(ON, "touchstone.page.path=/ops/customers", "management.server.port=0");
        try (Site site = kind.open(properties, Pages.class)) {
            assertThat(site.get("/ops/customers/").statusCode()).isEqualTo(404);
            HttpResponse<String> there = Shop.send(
                    site.request("local.management.port", "/ops/customers/").build());
            assertThat(there.statusCode()).isEqualTo(200);
            assertProtected(there);
            HttpResponse<String> asked = Shop.send(site.request("local.management.port", "/ops/customers/customer")
                    .headers("Content-Type", FORM, "Sec-Fetch-Site", "same-origin")
                    .POST(HttpRequest.BodyPublishers.ofString("id=ada"))
                    .build());
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(site.get("/page").body()).isEqualTo("page");
            assertThat(site.events().get()).isOne(); // and it is none of them
        }
        List<String> based = List.of(ON, "management.server.port=0", "management.server.base-path=/manage");
        try (Site site = kind.open(based, Pages.class)) {
            HttpResponse<String> bare = Shop.send(
                    site.request("local.management.port", "/manage/touchstone").build());
            assertThat(URI.create(bare.headers().firstValue("Location").orElseThrow())
                            .getPath())
                    .isEqualTo("/manage/touchstone/");
        }
    }

    @ParameterizedTest
    @EnumSource
    void offItStaysOnNoPort(Kind kind) {
        try (Site site = kind.open(List.of("management.server.port=0"), Pages.class)) {
            assertThat(site.get("/touchstone/").statusCode()).isEqualTo(404);
            assertThat(Shop.send(site.request("local.management.port", "/touchstone/")
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
        }
        try (Site site = kind.open(List.of(ON, "touchstone.enabled=false"), Pages.class)) {
            assertThat(site.get("/touchstone/").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathThatIsNoneStopsTheStart(Kind kind) {
        for (String path : List.of("touchstone", "/", "/touchstone/", "/a/{b}", "/a/*")) {
            assertThatThrownBy(() -> kind.open(List.of(ON, "touchstone.page.path=" + path), Pages.class))
                    .hasRootCauseInstanceOf(InvalidPropertiesException.class)
                    .rootCause()
                    .hasMessageContaining("touchstone.page.path: \"" + path + "\" is not a path; write one such as");
        }
    }

    @ParameterizedTest
    @EnumSource
    void springSecurityGuardsItLikeEveryOtherPath(Kind kind) {
        Class<?> guard = kind == Kind.MVC ? Guard.class : ReactiveGuard.class;
        try (Site site = kind.open(List.of(ON), Pages.class, guard)) {
            String ada = "Basic YWRhOnNlY3JldA==";
            assertThat(site.get("/touchstone/").statusCode()).isEqualTo(401);
            assertThat(site.get("/touchstone/scoreboard.json").statusCode()).isEqualTo(401);
            HttpResponse<String> allowed = Shop.send(
                    site.request("/touchstone/").header("Authorization", ada).build());
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertProtected(allowed);
            // as docs/page.md says: without the exception for it, Spring Security asks for a token
            String[] fromPage = {"Sec-Fetch-Site", "same-origin", "Authorization", ada};
            assertThat(site.ask("/touchstone/customer", "id=ada", fromPage).statusCode())
                    .isEqualTo(200);
            assertThat(site.ask("/touchstone/other", "id=ada", fromPage).statusCode())
                    .isEqualTo(403);
            assertThat(site.ask("/touchstone/customer", "id=ada", "Sec-Fetch-Site", "cross-site", "Authorization", ada)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Guard {

        @Bean
        @Order(0)
        SecurityFilterChain guard(HttpSecurity http) throws Exception {
            return http.securityMatcher("/touchstone/**")
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("USER"))
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/touchstone/customer"))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReactiveGuard {

        @Bean
        @Order(0)
        SecurityWebFilterChain guard(ServerHttpSecurity http) {
            return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/touchstone/**"))
                    .authorizeExchange(exchanges -> exchanges.anyExchange().hasRole("USER"))
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new AndServerWebExchangeMatcher(
                            CsrfWebFilter.DEFAULT_CSRF_MATCHER,
                            new NegatedServerWebExchangeMatcher(
                                    ServerWebExchangeMatchers.pathMatchers("/touchstone/customer")))))
                    .build();
        }
    }
}
