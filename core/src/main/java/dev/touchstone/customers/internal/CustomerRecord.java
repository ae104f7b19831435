package dev.touchstone.customers.internal;

import dev.touchstone.scoring.internal.CustomerState;

/**
 * A customer who is held. Every field is read and written under the record's own monitor. Once it is retired, nothing
 * may be added: whoever meets a retired record takes a new one.
 */
final class CustomerRecord {

    final CustomerState state;
    long events;
    boolean retired;

    CustomerRecord(CustomerState state) {
        this.state = state;
    }
}
