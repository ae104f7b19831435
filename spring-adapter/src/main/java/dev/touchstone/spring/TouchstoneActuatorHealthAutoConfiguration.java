package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The health of recording for Spring Boot 3.5, where health is part of the Actuator. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.HealthIndicator",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneActuatorHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("touchstone")
    TouchstoneActuatorHealthIndicator touchstoneHealthIndicator(Touchstone touchstone) {
        return new TouchstoneActuatorHealthIndicator(new RecordingHealth(touchstone, InstantSource.system()));
    }
}
