/** For tests of Spring Boot applications that record. Needs the starter and Spring Boot, which the application brings. */
@NullMarked
package dev.touchstone.spring.test;

import org.jspecify.annotations.NullMarked;
