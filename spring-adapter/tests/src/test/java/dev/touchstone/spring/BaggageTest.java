package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Two applications, of which one calls the other for a customer; their instrumentation is Spring Boot's own. */
class BaggageTest {

    @TempDir
    private Path directory;

    @Test
    void theScoreOfACallDownstreamLandsOnTheRightCustomer() throws IOException {
        Path key = key("shared.key");
        try (Shop front = open("storefront", "", key);
                Shop back = open("warehouse", "storefront", key)) {
            HttpResponse<String> response = front.getAs("ada", "/front?back=" + back.port());
            assertThat(response.body()).isEqualTo("picked");
            await().until(() -> back.touchstone().customer(CustomerId.of("ada")).count() == 1);
            assertThat(back.touchstone().scoreboard().touchpoints().get(0).channel())
                    .isEqualTo(Channel.WEB);
            // the next customer on the same thread is another one
            assertThat(front.get("/leftover").body()).isEqualTo("nothing");
        }
    }

    @Test
    void whoIsNotListedIsIgnored() throws IOException {
        Path key = key("shared.key");
        try (Shop front = open("storefront", "", key);
                Shop back = open("warehouse", "other", key)) {
            front.getAs("ada", "/front?back=" + back.port());
            await().until(() -> back.touchstone().health().anonymous() == 1);
            assertThat(back.touchstone().customer(CustomerId.of("ada")).count()).isZero();
        }
    }

    @Test
    void withoutASharedKeyTheApplicationSaysSoAtTheStart() {
        assertThatThrownBy(() -> Shop.open(List.of("touchstone.telemetry.baggage.enabled=true"), Pages.class)
                        .close())
                .rootCause()
                .isInstanceOf(InvalidPropertiesException.class)
                .hasMessageContaining("touchstone.telemetry.baggage.enabled")
                .hasMessageContaining("touchstone.key-file");
    }

    private Shop open(String name, String callers, Path key) {
        return Shop.open(
                List.of(
                        "touchstone.name=" + name,
                        "touchstone.key-file=" + key,
                        "touchstone.telemetry.baggage.enabled=true",
                        "touchstone.telemetry.baggage.callers=" + callers,
                        "management.tracing.enabled=true",
                        "management.tracing.sampling.probability=1",
                        "server.tomcat.threads.max=1",
                        "server.tomcat.threads.min-spare=1"),
                Pages.class,
                Sdk.class);
    }

    private Path key(String name) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Path file = Files.write(directory.resolve(name), secret);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    @RestController
    static class Pages {

        private final RestClient client;

        Pages(ObservationRegistry observations) {
            this.client = RestClient.builder().observationRegistry(observations).build();
        }

        @GetMapping("/front")
        @Touchpoint(name = "front", channel = "web")
        String front(@RequestParam int back) {
            return client.get()
                    .uri("http://127.0.0.1:" + back + "/pick")
                    .retrieve()
                    .body(String.class);
        }

        @GetMapping("/pick")
        @Touchpoint(name = "pick")
        String pick() {
            return "picked";
        }

        @GetMapping("/leftover")
        String leftover() {
            String entry = Baggage.current().getEntryValue("touchstone.customer");
            return entry == null ? "nothing" : entry;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Sdk {

        @Bean
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder().build())
                    .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                            W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                    .build();
        }
    }
}
