package dev.touchstone.customers.internal;

/** Decides which customers are evicted beyond the maximum. Thread-safe. */
interface Eviction {

    /** Evicts no customers: the table is not in memory. */
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

    /** Notes a change of a record. The lock of the record is held. */
    void changed(CustomerRecord record);

    /**
     * Makes room if there are too many customers, unless another thread is doing so. No lock of a record may be held.
     */
    void settle();

    /** Makes customers whose journeys have ended evictable like others, and makes room. Waits for its turn. */
    void tidy();

    /** Reorders all entries after times were changed. Waits for its turn. */
    void reorder();
}
