package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.settings.InstanceSettings;
import dev.touchstone.telemetry.CustomerBaggage;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Propagates the customer to other services that a request calls. Ordered after Spring MVC's part, because
 * interceptors run in declaration order and this one needs the interaction.
 */
@AutoConfiguration(after = {TouchstoneAutoConfiguration.class, TouchstoneWebMvcAutoConfiguration.class})
@ConditionalOnClass(OpenTelemetry.class)
@ConditionalOnProperty("touchstone.telemetry.baggage.enabled")
@EnableConfigurationProperties(TelemetryProperties.class)
public final class TouchstoneBaggageAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CustomerBaggage touchstoneCustomerBaggage(TouchstoneProperties properties, TelemetryProperties telemetry) {
        PseudonymKey key = InstanceSettings.pseudonymKey(properties.keyFile())
                .orElseThrow(() -> new InvalidPropertiesException(
                        List.of("touchstone.telemetry.baggage.enabled: the services must share a pseudonym key; "
                                + "set touchstone.key-file or " + PseudonymKey.ENVIRONMENT_VARIABLE)));
        try {
            return new CustomerBaggage(
                    key, properties.name(), telemetry.baggage().callers());
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertiesException(List.of("touchstone.telemetry.baggage.callers: " + e.getMessage()));
        }
    }

    /** Uses Micrometer's baggage if Micrometer traces. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class Tracing {

        @Bean
        @ConditionalOnMissingBean
        ThreadBaggage touchstoneThreadBaggage(ObjectProvider<Tracer> tracer) {
            Tracer found = tracer.getIfUnique();
            return found == null ? ThreadBaggage.ofOpenTelemetry() : ThreadBaggage.of(found);
        }
    }

    /** Adds baggage to calls from Spring MVC controllers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(MappedInterceptor.class)
    static class Calls {

        @Bean
        @ConditionalOnMissingBean
        BaggageInterceptor touchstoneBaggageInterceptor(
                Touchstone touchstone, CustomerBaggage baggage, ObjectProvider<ThreadBaggage> thread) {
            return new BaggageInterceptor(touchstone, baggage, thread.getIfAvailable(ThreadBaggage::ofOpenTelemetry));
        }

        @Bean
        @ConditionalOnMissingBean(name = "touchstoneBaggageMapping")
        MappedInterceptor touchstoneBaggageMapping(BaggageInterceptor interceptor) {
            return new MappedInterceptor(null, interceptor);
        }
    }
}
