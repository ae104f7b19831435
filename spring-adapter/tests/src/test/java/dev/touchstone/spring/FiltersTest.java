package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartFile;

/** What filters of an application do around its handlers, on Tomcat. */
class FiltersTest {

    @Test
    void filterThatThrowsAfterTheHandlerMakesItAFailure() {
        try (Shop shop = Shop.open(Pages.class, After.class)) {
            assertThat(shop.get("/quiet").statusCode()).isEqualTo(500);
            assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
        }
    }

    @Test
    void statusThatAFilterSetsAfterTheHandlerDecides() {
        try (Shop shop = Shop.open(Pages.class, StatusAfter.class)) {
            assertThat(shop.get("/quiet").statusCode()).isEqualTo(503);
            assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
        }
    }

    @Test
    void filterThatRefusesLaterIsRecordedAtTheTouchpoint() {
        try (Shop shop = Shop.open(Pages.class, Queue.class)) {
            for (String how : List.of("complete", "dispatch")) {
                shop.forget();
                HttpRequest request =
                        shop.request("/page").header("X-Queue", how).build();
                assertThat(Shop.send(request).statusCode()).isEqualTo(503);
                assertThat(shop.event().touchpoint()).isEqualTo("page");
                assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
            }
        }
    }

    @Test
    void requestThatAFilterLetsThroughLaterIsOneEvent() {
        try (Shop shop = Shop.open(Pages.class, Queue.class)) {
            HttpRequest request =
                    shop.request("/page").header("X-Queue", "pass").build();
            assertThat(Shop.send(request).statusCode()).isEqualTo(200);
            assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void filterOfServletsBesideTheStarterRecordsNoRefusalTwice() {
        try (Shop shop = Shop.open(Pages.class, BesideIt.class)) {
            assertThat(Shop.send(shop.request("/page").DELETE().build()).statusCode())
                    .isEqualTo(405);
            shop.event();
        }
    }

    @Test
    void uploadThatIsTooLargeIsDegraded() {
        try (Shop shop = Shop.open(List.of("spring.servlet.multipart.max-file-size=100B"), Pages.class)) {
            String body = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                    + "Content-Type: text/plain\r\n\r\n" + "x".repeat(5_000) + "\r\n--edge--\r\n";
            assertThat(Shop.send(shop.request("/upload")
                                    .header("Content-Type", "multipart/form-data; boundary=edge")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build())
                            .statusCode())
                    .isEqualTo(413);
            assertThat(shop.event().touchpoint()).isEqualTo("upload");
            assertThat(shop.outcome()).isEqualTo(Outcome.DEGRADED);
        }
    }

    @Test
    void fileAtADeclaredRouteIsAnEventAndOthersAreNot() {
        try (Shop shop = Shop.open(List.of("touchstone.catalog=classpath:catalogs/files.json"), Pages.class);
                ReactiveShop reactive =
                        ReactiveShop.open(List.of("touchstone.catalog=classpath:catalogs/files.json"), Pages.class)) {
            assertThat(shop.get("/welcome.txt").statusCode()).isEqualTo(200);
            assertThat(shop.get("/other.txt").statusCode()).isEqualTo(200);
            assertThat(reactive.get("/welcome.txt").statusCode()).isEqualTo(200);
            assertThat(reactive.get("/other.txt").statusCode()).isEqualTo(200);
            assertThat(shop.event().touchpoint()).isEqualTo("welcome");
            assertThat(reactive.event().touchpoint()).isEqualTo("welcome");
        }
    }

    @Test
    void requestsWithinAContextPathAreThoseOfTheirRoutes() {
        try (Shop shop = Shop.open(List.of("server.servlet.context-path=/shop"), Pages.class)) {
            shop.get("/page");
            shop.get("/shop/nowhere");
            assertThat(shop.events()).isEmpty();
            Shop.send(shop.request("/shop/page").DELETE().build());
            assertThat(shop.event().touchpoint()).isEqualTo("page");
        }
        try (Shop shop = Shop.open(
                List.of("server.servlet.context-path=/shop", "touchstone.catalog=classpath:catalogs/files.json"),
                Pages.class)) {
            assertThat(shop.get("/shop/welcome.txt").statusCode()).isEqualTo(200);
            assertThat(shop.event().touchpoint()).isEqualTo("welcome");
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }

        @GetMapping("/quiet")
        @Touchpoint(name = "quiet")
        void quiet(HttpServletResponse response) {
            response.setStatus(200);
        }

        @PostMapping("/upload")
        @Touchpoint(name = "upload")
        String upload(@RequestParam("file") MultipartFile file) {
            return file.getName();
        }
    }

    /** Such as one that saves sessions in a database which is down. */
    @Order(0)
    static final class After extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(request, response);
            throw new IllegalStateException("after the handler");
        }
    }

    @Order(0)
    static final class StatusAfter extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(request, response);
            response.sendError(503);
        }
    }

    /** Lets requests wait without a thread. */
    @Configuration(proxyBeanMethods = false)
    static class Queue {

        @Bean
        FilterRegistrationBean<Filter> queue() {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(Queue::wait);
            registration.setAsyncSupported(true);
            registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            return registration;
        }

        private static void wait(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String how = ((HttpServletRequest) request).getHeader("X-Queue");
            if (how == null) {
                chain.doFilter(request, response);
            } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
                if (how.equals("pass")) {
                    chain.doFilter(request, response);
                } else {
                    ((HttpServletResponse) response).sendError(503);
                }
            } else {
                AsyncContext async = request.startAsync(request, response);
                ForkJoinPool.commonPool().execute(() -> {
                    if (how.equals("complete")) {
                        ((HttpServletResponse) async.getResponse()).setStatus(503);
                        async.complete();
                    } else {
                        async.dispatch();
                    }
                });
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BesideIt {

        @Bean
        FilterRegistrationBean<TouchstoneFilter> second(Touchstone touchstone) {
            return new FilterRegistrationBean<>(TouchstoneFilter.of(touchstone).build());
        }
    }
}
