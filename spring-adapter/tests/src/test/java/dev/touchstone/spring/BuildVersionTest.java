package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.Touchpoint;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Builds are compared by the version that Spring Boot knows. */
class BuildVersionTest {

    @Test
    void theVersionOfTheBuildIsOnEachRequest() {
        try (Shop shop = Shop.open(Pages.class, Beans.class, Built.class)) {
            shop.get("/page");
            assertThat(shop.event().attributes()).containsEntry("build", "2.3.1");
            assertThat(shop.touchstone().compare("build").variants())
                    .extracting(Variant::value)
                    .containsExactly("2.3.1");
        }
    }

    @Test
    void withoutAVersionThereIsNone() {
        try (Shop shop = Shop.open(Pages.class, Beans.class)) {
            shop.get("/page");
            assertThat(shop.event().attributes()).isEmpty();
        }
    }

    /** What is compared. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        TouchstoneCustomizer compared() {
            return builder -> builder.catalog(catalog -> catalog.variants(List.of("build")));
        }
    }

    /** What Spring Boot makes of {@code META-INF/build-info.properties}. */
    @Configuration(proxyBeanMethods = false)
    static class Built {

        @Bean
        BuildProperties build() {
            Properties info = new Properties();
            info.setProperty("version", "2.3.1");
            return new BuildProperties(info);
        }
    }

    /** One page. */
    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }
}
