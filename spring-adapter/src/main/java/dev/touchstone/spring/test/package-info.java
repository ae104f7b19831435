/** For tests of Spring Boot applications that record. */
@NullMarked
package dev.touchstone.spring.test;

import org.jspecify.annotations.NullMarked;
