package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.CustomerExperience;
import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.care.Care.Advice;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Deadlines;
import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.event.CustomerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signals reach beans, listeners for events of the application and a webhook, and the next request knows of them. */
class CareTest {

    private static final String ON = "touchstone.care.enabled=true";

    private final ApplicationContextRunner plain =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TouchstoneAutoConfiguration.class));

    /** What an application is made of. */
    enum Kind {
        MVC,
        WEBFLUX;

        private Site open(String... properties) {
            if (this == MVC) {
                Shop shop = Shop.open(List.of(properties), Pages.class, Listeners.class);
                return new Site(shop::close, path -> shop.getAs("ada", path).body(), shop.bean(Heard.class));
            }
            ReactiveShop shop = ReactiveShop.open(List.of(properties), Pages.class, Listeners.class);
            return new Site(shop::close, path -> shop.getAs("ada", path).body(), shop.bean(Heard.class));
        }
    }

    private record Site(Runnable end, Function<String, String> getAsAda, Heard heard) implements AutoCloseable {

        @Override
        public void close() {
            end.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneFailedPaymentIsHeardWithinItsRequestAndKnownToTheNext(Kind kind) {
        try (Site shop = kind.open(ON)) {
            assertThat(shop.getAsAda.apply("/me")).isEqualTo("false");
            assertThat(shop.getAsAda.apply("/pay")).isEqualTo("refused");
            await().untilAsserted(() -> assertThat(shop.heard.events).hasSize(1));
            Signal signal = shop.heard.events.get(0);
            assertThat(signal.kind()).isEqualTo(Signal.Kind.AT_RISK);
            assertThat(signal.touchpoint()).contains("checkout.pay");
            assertThat(signal.owner()).contains("payments");
            assertThat(shop.heard.signals).containsExactly(signal);
            if (kind == Kind.MVC) {
                assertThat(shop.heard.threads).hasSameElementsAs(shop.heard.paidOn);
            }
            assertThat(shop.getAsAda.apply("/me")).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutCareThereAreNoSignals(Kind kind) {
        try (Site shop = kind.open()) {
            assertThat(shop.getAsAda.apply("/pay")).isEqualTo("refused");
            assertThat(shop.getAsAda.apply("/me")).isEqualTo("false");
            assertThat(shop.heard.events).isEmpty();
            assertThat(shop.heard.signals).isEmpty();
        }
    }

    private static Path secret(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("webhook.secret"), "a secret of many letters\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file;
    }

    @Test
    void propertiesReachTheInstanceAndSignalsTheWebhook(@TempDir Path folder) throws Exception {
        CompletableFuture<String> posted = new CompletableFuture<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/signals", exchange -> {
            posted.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            plain.withUserConfiguration(Heard.class)
                    .withPropertyValues(
                            ON,
                            "touchstone.care.acknowledge-within=2h",
                            "touchstone.care.update-within=3h",
                            "touchstone.care.resolve-within=4d",
                            "touchstone.care.quiet-time=1d",
                            "touchstone.care.maximum-questions=0",
                            "touchstone.care.asking-rate=0.5",
                            "touchstone.care.webhook.url=http://127.0.0.1:"
                                    + receiver.getAddress().getPort() + "/signals",
                            "touchstone.care.webhook.secret-file=" + secret(folder),
                            "touchstone.care.webhook.pseudonyms=true",
                            "touchstone.touchpoints[0].name=pay",
                            "touchstone.touchpoints[0].importance=3")
                    .run(context -> {
                        Touchstone touchstone = context.getBean(Touchstone.class);
                        CustomerId ada = CustomerId.of("ada");
                        try (Interaction visit = touchstone.begin("pay")) {
                            visit.customer(ada).fail();
                        }
                        assertThat(context.getBean(Heard.class).events).hasSize(1);
                        RecoveryCase opened = touchstone.care().cases().all().get(0);
                        assertThat(opened.deadlines())
                                .isEqualTo(new Deadlines(Duration.ofHours(2), Duration.ofHours(3), Duration.ofDays(4)));
                        touchstone.care().cases().resolve(opened.id(), RecoveryCase.Resolution.FULL);
                        assertThat(touchstone.care().shouldAsk(ada, "csat")).isEqualTo(Advice.OFTEN);
                        assertThat(posted.get(20, TimeUnit.SECONDS))
                                .contains("AT_RISK")
                                .contains(touchstone.key(ada).toString());
                    });
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void whatIsWrongIsReportedAtOnce() {
        plain.withPropertyValues(
                        ON,
                        "touchstone.care.quiet-time=900d",
                        "touchstone.care.webhook.url=https://crm.example.com/signals")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("touchstone.care.quiet-time: quiet time")
                        .hasStackTraceContaining("touchstone.care.webhook.url: needs a secret"));
        plain.withPropertyValues("touchstone.care.asking-rate=0.5")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("touchstone.care.enabled: is not set, but care.asking-rate needs it"));
        plain.withPropertyValues("touchstone.care.enabled=false", "touchstone.care.asking-rate=0.5")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Keeps what is heard. */
    static class Heard {

        final List<Signal> signals = new CopyOnWriteArrayList<>();
        final List<Signal> events = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();
        final List<Thread> paidOn = new CopyOnWriteArrayList<>();

        @EventListener
        @Order(1)
        void on(Signal signal) {
            threads.add(Thread.currentThread());
            events.add(signal);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        @Bean
        Heard heard() {
            return new Heard();
        }

        @Bean
        @Order(1)
        SignalListener broken() {
            return signal -> {
                throw new IllegalStateException("listener is broken");
            };
        }

        @Bean
        @Order(2)
        SignalListener hearing(Heard heard) {
            return signal -> {
                heard.threads.add(Thread.currentThread());
                heard.signals.add(signal);
            };
        }

        @EventListener
        @Order(Ordered.LOWEST_PRECEDENCE)
        void broken(Signal signal) {
            throw new IllegalStateException("listener is broken");
        }
    }

    @RestController
    static class Pages {

        private final Heard heard;

        Pages(Heard heard) {
            this.heard = heard;
        }

        @GetMapping("/pay")
        @Touchpoint(name = "checkout.pay", importance = 3, owner = "payments")
        String pay(Interaction visit) {
            heard.paidOn.add(Thread.currentThread());
            visit.fail();
            return "refused";
        }

        @GetMapping("/me")
        String me(CustomerExperience customer) {
            return String.valueOf(customer.isAtRisk());
        }
    }
}
