package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of recording for Spring Boot 4, which has a separate module for health. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthIndicator",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("touchstone")
    TouchstoneHealthIndicator touchstoneHealthIndicator(Touchstone touchstone) {
        return new TouchstoneHealthIndicator(new RecordingHealth(touchstone, InstantSource.system()));
    }
}
