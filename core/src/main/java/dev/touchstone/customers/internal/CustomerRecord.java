package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import org.jspecify.annotations.Nullable;

/**
 * A customer in memory. Every field is read and written under the monitor of the record. A retired record must not
 * change: a recorder that finds one removes it and creates a new one.
 */
class CustomerRecord extends CustomerState implements CustomerBook.Held {

    private static final CustomerKey NO_CUSTOMER = new CustomerKey(0, 0);

    CustomerKey key;
    long events;
    long lastSeenMs;
    boolean guest;
    boolean retired;
    // whether the eviction order counts it as a fleeting guest
    boolean fleeting;

    CustomerRecord(CustomerKey key, CustomerFold fold) {
        super(fold);
        this.key = key;
        this.guest = key.isGuest();
    }

    @Override
    public CustomerState state() {
        return this;
    }

    /** Returns null: this class does not store it. */
    @Override
    public @Nullable AwaitedAnswer awaited() {
        return null;
    }

    /** Does nothing: this class does not store it. */
    @Override
    public void await(@Nullable AwaitedAnswer awaited) {}

    /** Returns null: this class does not store it. */
    @Override
    public @Nullable Standing standing() {
        return null;
    }

    /** Does nothing: this class does not store it. */
    @Override
    public void stand(@Nullable Standing standing) {}

    /** Returns no spending: this class does not store it. */
    @Override
    public Spending spending() {
        return Spending.NONE;
    }

    /** Does nothing: this class does not store it. */
    @Override
    public void spend(Spending spending) {}

    /** Returns whether this is a guest with one event and no open journey. */
    boolean isFleeting() {
        return guest && events <= 1 && journeys().isEmpty();
    }

    boolean isOnJourney() {
        return !journeys().isEmpty();
    }

    /**
     * Retires the record and releases its contents, since the eviction order may still have an entry for it.
     *
     * @param nothing the state of no customer
     */
    void retire(CustomerState nothing) {
        retired = true;
        key = NO_CUSTOMER;
        takeOver(nothing);
        await(null);
        stand(null);
        spend(Spending.NONE);
    }
}
