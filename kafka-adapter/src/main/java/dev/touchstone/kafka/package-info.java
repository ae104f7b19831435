/** Publishes events to Kafka, and scores each customer over several pods. */
@NullMarked
package dev.touchstone.kafka;

import org.jspecify.annotations.NullMarked;
