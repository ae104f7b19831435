package dev.touchstone.spring;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Touchstone;
import dev.touchstone.telemetry.EventLog;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends attributes to the current span, and metrics and log events to the bean of type {@link OpenTelemetry}.
 * Without such a bean, the global instance is used if it was set before the application started, as the Java agent
 * does. Metrics and log events are sent only if they are exported ({@link TelemetryDestinations}).
 */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass(OpenTelemetry.class)
@EnableConfigurationProperties(TelemetryProperties.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneOpenTelemetryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "touchstoneSpanAttributes")
    AssessmentListener touchstoneSpanAttributes(TelemetryProperties properties) {
        return properties.customerKeys()
                ? TouchstoneTelemetry.spanAttributesWithCustomer()
                : TouchstoneTelemetry.spanAttributes();
    }

    @Bean
    @ConditionalOnMissingBean
    TelemetryDestinations touchstoneTelemetryDestinations(
            TelemetryProperties properties, ListableBeanFactory beans, ObjectProvider<OpenTelemetry> openTelemetry) {
        return new TelemetryDestinations(properties, beans, () -> openTelemetry.getIfUnique(GlobalInstance::ifSet));
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnLogs.class)
    EventLog touchstoneEventLog(TelemetryProperties properties, TelemetryDestinations destinations) {
        EventLog.Builder log = EventLog.builder().events(properties.loggedEvents());
        if (properties.logs() != TelemetryProperties.Logs.SLF4J) {
            log.openTelemetry(destinations::openTelemetryOfLogs);
        }
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

    /** Log events are enabled. */
    static final class OnLogs extends NoneNestedConditions {

        OnLogs() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        /** Log events are disabled. */
        @ConditionalOnProperty(name = "touchstone.telemetry.logs", havingValue = "none")
        static class NoLogs {}
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
    TouchstoneTelemetry touchstoneTelemetry(Touchstone touchstone, TelemetryDestinations destinations) {
        return TouchstoneTelemetry.metrics(touchstone, destinations.openTelemetryOfMetrics());
    }
}
