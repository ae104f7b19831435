/** A Kafka broker for tests, examples and fault runs. */
@NullMarked
package dev.touchstone.kafka.tests;

import org.jspecify.annotations.NullMarked;
