package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.http.Refusals;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Actuator endpoints for the scoreboard, erasure, export and recovery cases, if they are exposed. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
@Import(CustomerEndpointFilters.class)
public final class TouchstoneActuatorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneEndpoint touchstoneEndpoint(
            Touchstone touchstone, ObjectProvider<CatalogLayer> layers, ObjectProvider<Refusals> refusals) {
        Refusals counted = refusals.getIfAvailable(Refusals::new);
        return new TouchstoneEndpoint(
                touchstone, new Hints(layers.orderedStream().toList()), counted::of);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneHistoryEndpoint touchstoneHistoryEndpoint(Touchstone touchstone) {
        return new TouchstoneHistoryEndpoint(touchstone);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneErasureEndpoint touchstoneErasureEndpoint(Touchstone touchstone) {
        return new TouchstoneErasureEndpoint(touchstone);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneExportEndpoint touchstoneExportEndpoint(Touchstone touchstone) {
        return new TouchstoneExportEndpoint(touchstone);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneCasesEndpoint touchstoneCasesEndpoint(Touchstone touchstone) {
        return new TouchstoneCasesEndpoint(touchstone);
    }
}
