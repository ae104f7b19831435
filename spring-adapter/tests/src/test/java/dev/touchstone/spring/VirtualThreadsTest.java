package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose requests and tasks run on virtual threads. */
@SuppressWarnings("try") // the scope is there to be closed
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before")
class VirtualThreadsTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(List.of("spring.threads.virtual.enabled=true"), Pages.class, Service.class, Config.class);
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
    void theThreadsAreVirtual() {
        assertThat(shop.get("/thread").body()).startsWith("VirtualThread");
        shop.event();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sync", "/callable", "/async", "/by-hand"})
    void aRequestIsRecordedOnceAndWhatIsInsideIsAboutItsCustomer(String path) {
        assertThat(shop.getAs("ada", path).body()).contains("VirtualThread");
        List<TouchpointEvent> events = shop.events();
        assertThat(events).extracting(TouchpointEvent::touchpoint).containsExactlyInAnyOrder("inside", "page");
        assertThat(events)
                .extracting(event -> event.customerKey().orElseThrow())
                .containsOnly(shop.touchstone().key(CustomerId.of("ada")));
    }

    @Test
    void whoComesNextIsSomebodyElse() {
        for (int i = 0; i < 20; i++) {
            shop.getAs("ada", "/sync");
            shop.get("/sync");
        }
        assertThat(shop.events())
                .hasSize(80)
                .filteredOn(event -> event.customerKey().isEmpty())
                .hasSize(40);
    }

    @RestController
    static class Pages {

        @Autowired
        Service service;

        @Autowired
        Touchstone touchstone;

        @GetMapping("/thread")
        String thread() {
            return Thread.currentThread().toString();
        }

        @GetMapping("/sync")
        @Touchpoint(name = "page")
        String sync() {
            return service.serve();
        }

        @GetMapping("/callable")
        @Touchpoint(name = "page")
        Callable<String> callable() {
            return service::serve;
        }

        @GetMapping("/async")
        @Touchpoint(name = "page")
        CompletableFuture<String> async() {
            return service.serveLater();
        }

        @GetMapping("/by-hand")
        @Touchpoint(name = "page")
        String byHand(Interaction visit) throws InterruptedException {
            String[] served = new String[1];
            Thread thread = new Thread(() -> {
                try (Scope scope = touchstone.scope(visit)) {
                    served[0] = service.serve();
                }
            });
            thread.start();
            thread.join();
            return served[0] + " for " + Thread.currentThread();
        }
    }

    static class Service {

        @Autowired
        Touchstone touchstone;

        public String serve() {
            touchstone.observe("inside", () -> {});
            return Thread.currentThread().toString();
        }

        @Async
        public CompletableFuture<String> serveLater() {
            return CompletableFuture.completedFuture(serve());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Config {}
}
