package dev.touchstone.kafka;

import java.time.Duration;

/**
 * How long is waited for what may come back. Tests wait less.
 *
 * @param away how long after its last report a partition counts as away; it reports each second
 * @param pause the longest pause between two attempts
 * @param answer how long a question about topics waits for the brokers
 * @param closing how long closing a publisher goes on sending
 */
record Patience(Duration away, Duration pause, Duration answer, Duration closing) {

    static final Patience USUAL =
            new Patience(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(5));
}
