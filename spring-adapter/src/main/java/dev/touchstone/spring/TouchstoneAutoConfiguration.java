package dev.touchstone.spring;

import dev.touchstone.AssessmentListener;
import dev.touchstone.ConsentResolver;
import dev.touchstone.EventEnricher;
import dev.touchstone.HealthListener;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.SignalListener;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.TouchpointEvent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * The application's {@link Touchstone}, built from its properties, its catalog file, its {@link
 * TouchstoneCustomizer}s, and beans that are listeners, enrichers or {@link ConsentResolver}s of events. With {@code
 * touchstone.enabled=false} it is a no-op instance, so that code that uses it needs no change. With {@code
 * touchstone.care.enabled=true} each signal is also published as an application event.
 */
@AutoConfiguration
@EnableConfigurationProperties(TouchstoneProperties.class)
@ImportRuntimeHints(TouchstoneHints.class)
public final class TouchstoneAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CatalogLayers touchstoneCatalogLayers(TouchstoneProperties properties, ResourceLoader resources) {
        return new CatalogLayers(CatalogFile.read(properties.catalog(), resources), properties.declared());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Touchstone touchstone(
            TouchstoneProperties properties,
            ObjectProvider<CatalogLayers> layers,
            ObjectProvider<AssessmentListener> listeners,
            ObjectProvider<CustomerListener> customerListeners,
            ObjectProvider<SignalListener> signalListeners,
            ObjectProvider<HealthListener> healthListeners,
            ObjectProvider<EventEnricher> enrichers,
            ObjectProvider<ConsentResolver<? super TouchpointEvent>> consents,
            ObjectProvider<TouchstoneCustomizer> customizers,
            ApplicationEventPublisher events,
            ListableBeanFactory beans,
            Environment environment) {
        List<String> problems = new ArrayList<>(UnknownProperties.in(environment));
        TouchstoneBuilder builder = Touchstone.builder();
        if (properties.enabled()) {
            problems.addAll(properties.applyTo(builder));
        }
        if (!problems.isEmpty()) {
            throw new InvalidPropertiesException(problems);
        }
        if (!properties.enabled()) {
            return Touchstone.noop();
        }
        listeners.orderedStream().forEach(builder::listener);
        customerListeners.orderedStream().forEach(builder::customerListener);
        signalListeners.orderedStream().forEach(builder::signalListener);
        if (Boolean.TRUE.equals(properties.care().enabled())) {
            builder.signalListener(events::publishEvent);
        }
        healthListeners.orderedStream().forEach(builder::healthListener);
        enrichers.orderedStream().forEach(builder::enricher);
        consents.orderedStream().forEach(builder::consent);
        builder.version(ApplicationVersion.of(beans));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return layers.getObject().build(builder);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    @Lazy(false) // no other bean depends on it
    CatalogLayers.Installer touchstoneCatalogInstaller(
            CatalogLayers layers, Touchstone touchstone, ObjectProvider<CatalogLayer> annotations) {
        return new CatalogLayers.Installer(layers, touchstone, annotations);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
    @Lazy(false)
    StartReport touchstoneStartReport(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ObjectProvider<CustomerSource> customers,
            ObjectProvider<TelemetryDestinations> telemetry,
            ObjectProvider<MeterRegistryNames> registries) {
        return new StartReport(touchstone, properties, customers, telemetry, registries);
    }
}
