/** Several pods, one score: Touchstone's events in Kafka. */
@NullMarked
package dev.touchstone.kafka;

import org.jspecify.annotations.NullMarked;
