/** Touchstone in Spring Boot applications. */
@NullMarked
package dev.touchstone.spring;

import org.jspecify.annotations.NullMarked;
