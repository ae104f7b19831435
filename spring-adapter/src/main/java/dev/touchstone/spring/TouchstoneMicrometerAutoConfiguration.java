package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.spring.TelemetryProperties.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Scores and sums as Micrometer meters, in every registry that Spring Boot binds, unless their destination is
 * OpenTelemetry ({@link TelemetryDestinations}).
 */
@AutoConfiguration(after = {TouchstoneAutoConfiguration.class, TouchstoneOpenTelemetryAutoConfiguration.class})
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneMicrometerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TouchstoneMeters touchstoneMeters(
            TouchstoneProperties properties,
            ObjectProvider<Touchstone> touchstone,
            ObjectProvider<TelemetryDestinations> destinations) {
        return new TouchstoneMeters(
                touchstone::getObject,
                properties.maximumSeries(),
                System::nanoTime,
                () -> destinations.stream().anyMatch(chosen -> chosen.metrics() != Metrics.MICROMETER));
    }
}
