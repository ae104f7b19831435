package dev.touchstone;

import dev.touchstone.event.Stage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that calling a method is an event at a touchpoint. What is left out here may come from the catalog, which
 * also wins over what is said here, attribute by attribute.
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

    /** The channel of events that name none. */
    String channel() default "";

    /** The journey to which the touchpoint belongs; it must be declared. */
    String journey() default "";

    /** How long it should take, as an ISO-8601 duration such as {@code PT0.4S}. */
    String target() default "";

    /** How much the touchpoint counts beside others, from 0.1 to 10; 0 leaves it open, which makes it 1. */
    double importance() default 0;

    /**
     * The share of events that are not to be missed, greater than 0 and less than 1; 0 leaves it open, which makes it
     * 0.95. Alerts are made from it.
     */
    double objective() default 0;

    /** Who is responsible. */
    String owner() default "";

    /** Whether a customer who comes back here within days had to ask again. */
    boolean supportContact() default false;
}
