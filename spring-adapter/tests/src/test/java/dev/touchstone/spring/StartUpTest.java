package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starting says nothing that it need not. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class StartUpTest {

    private static final String CHECKER =
            "org.springframework.context.support.PostProcessorRegistrationDelegate$BeanPostProcessorChecker";

    @Test
    void nothingIsMadeTooEarlyToBeSeenByOthers(CapturedOutput output) {
        try (Shop shop = Shop.open(List.of("logging.level." + CHECKER + "=info"), Pages.class, Service.class)) {
            assertThat(shop.get("/page").body()).isEqualTo("page");
            assertThat(output).doesNotContain("BeanPostProcessorChecker").doesNotContain("is not eligible for getting");
            assertThat(output).doesNotContain("ERROR");
            assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                    .as("nothing but that there is no key")
                    .singleElement()
                    .asString()
                    .contains("no pseudonym key is configured");
        }
    }

    @Test
    void thatTestWouldSeeIt(CapturedOutput output) {
        try (Shop shop =
                Shop.open(List.of("logging.level." + CHECKER + "=info"), Pages.class, Service.class, TooEarly.class)) {
            assertThat(output).contains("is not eligible for getting processed by all BeanPostProcessors");
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

    static class Service {

        @Touchpoint(name = "service")
        public void serve() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {

        @Bean
        static BeanPostProcessor eager(Service service) {
            return new BeanPostProcessor() {};
        }
    }
}
