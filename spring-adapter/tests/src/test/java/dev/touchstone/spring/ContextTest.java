package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.ChannelResolver;
import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Wherever a request goes on, what is recorded there is about its customer, in its channel. */
@SuppressWarnings("try")
class ContextTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class, Service.class, Beans.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/service", "/callable", "/stream", "/async", "/executor", "/by-hand"})
    void whatIsRecordedOnTheWayIsAboutTheCustomer(String path) {
        shop.getAs("ada", path);
        List<TouchpointEvent> events = shop.events();
        assertThat(events).extracting(TouchpointEvent::touchpoint).containsExactlyInAnyOrder("inside", "page");
        assertThat(events)
                .extracting(event -> event.customerKey().orElseThrow())
                .containsOnly(shop.touchstone().key(CustomerId.of("ada")));
        assertThat(events).extracting(event -> event.channel().orElseThrow()).containsOnly(Channel.of("app"));
    }

    @Test
    void theDecoratorOfTheApplicationIsUsedInsteadAndCarriesItToo() {
        try (Shop other = Shop.open(Pages.class, Service.class, Beans.class, Decorated.class)) {
            other.getAs("ada", "/async");
            assertThat(other.events())
                    .extracting(event -> event.customerKey().orElseThrow())
                    .containsOnly(other.touchstone().key(CustomerId.of("ada")));
            assertThat(other.bean(TaskDecorator.class)).isInstanceOf(ContextPropagatingTaskDecorator.class);
        }
    }

    @Test
    void nothingIsLeftOnTheThreadsOfRequests() {
        for (int i = 0; i < 20; i++) {
            shop.getAs("ada", i % 2 == 0 ? "/callable" : "/service");
        }
        shop.forget();
        assertThat(shop.get("/current").body()).isEqualTo("current");
        for (int i = 0; i < 20; i++) {
            shop.get("/service");
        }
        assertThat(shop.events())
                .allSatisfy(event -> assertThat(event.customerKey()).isEmpty());
    }

    @Test
    void aResolverOfChannelsThatComesFirstWins() {
        shop.get("/service");
        assertThat(shop.events())
                .extracting(event -> event.channel().orElseThrow())
                .containsOnly(Channel.of("app"));
    }

    @RestController
    static class Pages {

        @Autowired
        Service service;

        @Autowired
        Touchstone touchstone;

        @GetMapping("/service")
        @Touchpoint(name = "page")
        String service() {
            return service.serve();
        }

        @GetMapping("/callable")
        @Touchpoint(name = "page")
        Callable<String> callable() {
            return service::serve;
        }

        @GetMapping("/stream")
        @Touchpoint(name = "page")
        StreamingResponseBody stream() {
            return output -> output.write(service.serve().getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping("/async")
        @Touchpoint(name = "page")
        CompletableFuture<String> async() {
            return service.later();
        }

        @GetMapping("/executor")
        @Touchpoint(name = "page")
        String executor() throws Exception {
            ExecutorService plain = Executors.newSingleThreadExecutor();
            try {
                return ContextExecutorService.wrap(
                                plain, ContextSnapshotFactory.builder().build()::captureAll)
                        .submit(service::serve)
                        .get();
            } finally {
                plain.shutdown();
            }
        }

        @GetMapping("/by-hand")
        @Touchpoint(name = "page")
        String byHand() {
            Interaction here = touchstone.current().orElseThrow();
            return CompletableFuture.supplyAsync(() -> {
                        try (var scope = touchstone.scope(here)) {
                            return service.serve();
                        }
                    })
                    .join();
        }

        @GetMapping("/current")
        @Touchpoint(name = "page")
        String current(Interaction visit) {
            return touchstone.current().orElseThrow() == visit ? "current" : "another";
        }
    }

    static class Service {

        @Autowired
        Touchstone touchstone;

        String serve() {
            return touchstone.observe("inside", () -> "served");
        }

        @Async
        public CompletableFuture<String> later() {
            return CompletableFuture.completedFuture(serve());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Beans {

        @Bean
        @Order(1)
        ChannelResolver<HttpServletRequest> first() {
            return request -> Channel.of("app");
        }

        @Bean
        @Order(2)
        ChannelResolver<HttpServletRequest> second() {
            return request -> Channel.of("web");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorated {

        @Bean
        TaskDecorator own() {
            return new ContextPropagatingTaskDecorator();
        }
    }
}
