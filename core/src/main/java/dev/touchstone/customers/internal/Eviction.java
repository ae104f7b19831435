package dev.touchstone.customers.internal;

/** Decides which customers are evicted when there are more than the maximum. Thread-safe. */
interface Eviction {

    /** Evicts nobody: the table is not in memory. */
    Eviction NONE = new Eviction() {
        @Override
        public void add(CustomerRecord record) {}

        @Override
        public void changed(CustomerRecord record) {}

        @Override
        public void settle() {}

        @Override
        public void tidy() {}

        @Override
        public void reorder() {}
    };

    /** Adds a new record. */
    void add(CustomerRecord record);

    /** Notes that what is known of a customer changed. The lock of the record is held. */
    void changed(CustomerRecord record);

    /** Makes room if there are too many customers, unless another thread does. No lock of a record may be held. */
    void settle();

    /** Lets customers whose journeys have ended be evicted like others, and makes room. Waits for its turn. */
    void tidy();

    /** Puts every entry where it belongs after times were changed. Waits for its turn. */
    void reorder();
}
