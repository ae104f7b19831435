package dev.touchstone.spring;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Touchstone;
import dev.touchstone.telemetry.EventLog;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What OpenTelemetry is told: attributes of the current span, whoever made it, and metrics. Metrics go to the bean of
 * type {@link OpenTelemetry} or, without one, to the global instance if somebody set one before the application started,
 * such as the Java agent.
 */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass(OpenTelemetry.class)
@EnableConfigurationProperties(TelemetryProperties.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneOpenTelemetryAutoConfiguration {

    private static final String METER = "dev.touchstone";

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneSpanAttributes")
    AssessmentListener touchstoneSpanAttributes(TelemetryProperties properties) {
        return properties.customerKeys()
                ? TouchstoneTelemetry.spanAttributesWithCustomer()
                : TouchstoneTelemetry.spanAttributes();
    }

    @Bean
    @ConditionalOnMissingBean
    EventLog touchstoneEventLog(
            TelemetryProperties properties, ListableBeanFactory beans, ObjectProvider<OpenTelemetry> openTelemetry) {
        EventLog.Builder log = EventLog.builder()
                .events(properties.loggedEvents())
                .openTelemetry(() -> LogsNowhere.isCertain(beans)
                        ? OpenTelemetry.noop()
                        : openTelemetry.getIfUnique(GlobalInstance::ifSet));
        try {
            log.samplingRate(properties.logSamplingRate());
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertiesException(List.of("touchstone.telemetry.log-sampling-rate: " + e.getMessage()));
        }
        return (properties.customerKeys() ? log.customerKeys() : log).build();
    }

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneDurations")
    @ConditionalOnProperty("touchstone.telemetry.durations")
    AssessmentListener touchstoneDurations(
            ObjectProvider<Touchstone> touchstone, ObjectProvider<OpenTelemetry> openTelemetry) {
        return TouchstoneTelemetry.durations(
                () -> touchstone.getObject().catalog(), () -> openTelemetry.getIfUnique(GlobalInstance::ifSet));
    }

    @Bean
    @ConditionalOnMissingBean
    MetricsElsewhere touchstoneMetricsElsewhere(ObjectProvider<OpenTelemetry> openTelemetry) {
        return () -> isCollected(openTelemetry.getIfUnique(GlobalInstance::ifSet));
    }

    /** Without a reader, or without an SDK, a meter is the one that does nothing, whoever gives it. */
    private static boolean isCollected(OpenTelemetry openTelemetry) {
        return openTelemetry.getMeter(METER).getClass()
                != MeterProvider.noop().get(METER).getClass();
    }

    /** The span of a request in a servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({OncePerRequestFilter.class, HttpServletRequest.class})
    static class Requests {

        @Bean
        @ConditionalOnMissingBean
        ServerSpanFilter touchstoneServerSpanFilter() {
            return new ServerSpanFilter();
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @Lazy(false)
    TouchstoneTelemetry touchstoneTelemetry(Touchstone touchstone, ObjectProvider<OpenTelemetry> openTelemetry) {
        return TouchstoneTelemetry.metrics(touchstone, openTelemetry.getIfUnique(GlobalInstance::ifSet));
    }
}
