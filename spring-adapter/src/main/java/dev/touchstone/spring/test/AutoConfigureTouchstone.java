package dev.touchstone.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test the application's {@link dev.touchstone.Touchstone} with a clock that stands still, a {@link
 * dev.touchstone.test.ManualClock}, and keeps what is recorded, in {@link dev.touchstone.test.RecordedEvents}; both are
 * beans to inject. Recording errors throw, so that the test sees them. Works with {@code @SpringBootTest} and with tests
 * of a slice such as {@code @WebMvcTest}, to which it adds what the starter configures.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
public @interface AutoConfigureTouchstone {}
