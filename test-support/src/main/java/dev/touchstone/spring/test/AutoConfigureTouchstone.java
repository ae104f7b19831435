package dev.touchstone.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Configures the application's {@link dev.touchstone.Touchstone} for a test. Its clock is a {@link
 * dev.touchstone.test.ManualClock} bean, its events are in a {@link dev.touchstone.test.RecordedEvents} bean, and
 * recording errors throw. Before each test the clock is set back, and the events and all that is known of customers are
 * forgotten. Works with {@code @SpringBootTest} and with test slices such as {@code @WebMvcTest}, to which
 * it adds the starter's configuration.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
public @interface AutoConfigureTouchstone {}
