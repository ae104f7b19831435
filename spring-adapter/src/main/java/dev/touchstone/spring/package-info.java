/** The starter for Spring Boot applications: auto-configuration, endpoints, and what an application may customize. */
@NullMarked
package dev.touchstone.spring;

import org.jspecify.annotations.NullMarked;
