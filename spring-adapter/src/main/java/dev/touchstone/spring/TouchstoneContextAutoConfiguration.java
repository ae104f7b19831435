package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/**
 * Propagates the current interaction to other threads: by the executors of Spring Boot, unless the application
 * decorates their tasks itself, and by Micrometer's context propagation if it is present.
 */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneContextAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(TaskDecorator.class)
    TaskDecorator touchstoneTaskDecorator(ObjectProvider<Touchstone> touchstone) {
        return new InteractionTaskDecorator(new LateTouchstone(touchstone));
    }

    /** Used by Reactor, context snapshots and Spring's own task decorator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ContextRegistry.class, ThreadLocalAccessor.class})
    static class Propagation {

        @Bean
        @ConditionalOnMissingBean
        @Lazy(false) // no other bean depends on it
        InteractionAccessor touchstoneInteractionAccessor(Touchstone touchstone) {
            return new InteractionAccessor(touchstone, ContextRegistry.getInstance());
        }
    }
}
