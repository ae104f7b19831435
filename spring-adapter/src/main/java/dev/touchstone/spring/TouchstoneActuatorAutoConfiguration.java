package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The scoreboard as an endpoint of the Actuator, where one is exposed. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneActuatorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TouchstoneEndpoint touchstoneEndpoint(Touchstone touchstone, ObjectProvider<CatalogLayer> layers) {
        return new TouchstoneEndpoint(
                touchstone, new Hints(layers.orderedStream().toList()));
    }
}
