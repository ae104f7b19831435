package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Scores and sums as meters of Micrometer, in every registry that Spring Boot binds; not if OpenTelemetry collects them,
 * or everything would be told twice.
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
            ObjectProvider<MetricsElsewhere> elsewhere) {
        return new TouchstoneMeters(
                touchstone::getObject,
                properties.maximumSeries(),
                System::nanoTime,
                () -> elsewhere.stream().anyMatch(MetricsElsewhere::areCollected));
    }
}
