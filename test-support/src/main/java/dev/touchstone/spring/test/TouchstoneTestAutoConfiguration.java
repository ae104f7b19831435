package dev.touchstone.spring.test;

import dev.touchstone.spring.TouchstoneAutoConfiguration;
import dev.touchstone.spring.TouchstoneCustomizer;
import dev.touchstone.test.ManualClock;
import dev.touchstone.test.RecordedEvents;
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
    TouchstoneCustomizer touchstoneTestCustomizer(ManualClock clock) {
        return builder -> builder.clock(clock).strict();
    }
}
