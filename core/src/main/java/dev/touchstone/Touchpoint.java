package dev.touchstone;

import dev.touchstone.event.Stage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a method as a touchpoint: each call is an event there. The catalog can declare the same attributes and takes
 * precedence, attribute by attribute.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Touchpoint {

    /** The touchpoint's name: 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}. */
    String name();

    /** The title for people. */
    String title() default "";

    /** The stage of the customer's relationship. */
    Stage stage() default Stage.NONE;

    /** The channel of events without a channel. */
    String channel() default "";

    /** The journey to which the touchpoint belongs; it must be declared. */
    String journey() default "";

    /** The target duration, as an ISO-8601 duration such as {@code PT0.4S}. */
    String target() default "";

    /** The weight of the touchpoint relative to others, from 0.1 to 10; 0 leaves it unset, and the default is 1. */
    double importance() default 0;

    /**
     * The targeted share of events that are not missed, greater than 0 and less than 1; 0 leaves it unset, and the
     * default is 0.95. Used for alerts.
     */
    double objective() default 0;

    /** The owner of the touchpoint. */
    String owner() default "";

    /** Whether a customer's return here within days counts as having to ask again. */
    boolean supportContact() default false;
}
