package dev.touchstone.spring;

import dev.openfeature.sdk.OpenFeatureAPI;
import dev.touchstone.Touchstone;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Records the variants of feature flags that the application evaluates by OpenFeature. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass(OpenFeatureAPI.class)
@ConditionalOnBean(Touchstone.class)
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
public final class TouchstoneOpenFeatureAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Lazy(false) // no other bean depends on it
    FlagVariantHook touchstoneFlagVariantHook(Touchstone touchstone) {
        return new FlagVariantHook(touchstone, OpenFeatureAPI.getInstance());
    }
}
