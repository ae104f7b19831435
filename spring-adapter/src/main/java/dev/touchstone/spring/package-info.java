/** Touchstone in a Spring Boot application. */
@NullMarked
package dev.touchstone.spring;

import org.jspecify.annotations.NullMarked;
