package dev.touchstone.spring.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application without Spring Security: without a resolver, it has no customers. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class NoCustomersTest {

    private static final String WARNING = "Touchstone finds no customers";

    private static ConfigurableApplicationContext start(Class<?> source, String... arguments) {
        return new SpringApplicationBuilder(Application.class, source)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "spring.jmx.enabled=false",
                        "logging.level.root=warn",
                        "logging.level.dev.touchstone.Touchstone=info")
                .run(arguments);
    }

    @Test
    void startSaysThatEveryEventIsAnonymousAndWhatToDo(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start(Application.class)) {
            assertThat(output)
                    .contains("customers: the principal of the request, if the server authenticates users;")
                    .containsOnlyOnce(WARNING)
                    .contains(
                            "every event is anonymous, and there are no customer scores and no journeys. Define a bean"
                                    + " of type CustomerResolver, or, with servlets, set touchstone.session-guests=true.");
        }
    }

    @Test
    void resolverOrGuestsEndTheWarning(CapturedOutput output) {
        try (ConfigurableApplicationContext one = start(Resolver.class);
                ConfigurableApplicationContext other = start(Application.class, "--touchstone.session-guests=true")) {
            assertThat(output)
                    .contains("is on. ")
                    .contains("else a guest by the session;")
                    .doesNotContain(WARNING);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Resolver {

        @Bean
        CustomerResolver<Object> everyoneIsAda() {
            return request -> CustomerId.of("ada");
        }
    }
}
