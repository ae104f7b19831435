package dev.touchstone.spring.test;

import dev.touchstone.Touchstone;
import dev.touchstone.spring.TouchstoneAutoConfiguration;
import dev.touchstone.test.ManualClock;
import dev.touchstone.test.RecordedEvents;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** A manual clock and the recorded events. Applied by {@link AutoConfigureTouchstone} only. */
@AutoConfiguration(before = TouchstoneAutoConfiguration.class)
public final class TouchstoneTestAutoConfiguration {

    private static final String START = "2026-03-01T10:00:00Z";

    @Bean
    @ConditionalOnMissingBean
    ManualClock touchstoneManualClock() {
        return ManualClock.at(START);
    }

    @Bean
    @ConditionalOnMissingBean
    RecordedEvents touchstoneRecordedEvents() {
        return new RecordedEvents();
    }

    @Bean
    FreshTouchstone touchstoneTestCustomizer(ManualClock clock, RecordedEvents recorded) {
        return new FreshTouchstone(clock, recorded);
    }

    @Bean
    static BeanPostProcessor touchstoneTestPostProcessor(ObjectProvider<FreshTouchstone> fresh) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Touchstone touchstone ? fresh.getObject().wrap(touchstone) : bean;
            }
        };
    }
}
