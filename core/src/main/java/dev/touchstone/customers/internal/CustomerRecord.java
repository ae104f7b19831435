package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerState;
import org.jspecify.annotations.Nullable;

/**
 * A customer in memory. Every field is read and written under the record's own monitor. Once it is retired, nothing may be
 * added: a recorder that meets a retired record removes it and takes a new one.
 */
class CustomerRecord implements CustomerBook.Held {

    private static final CustomerKey NO_CUSTOMER = new CustomerKey(0, 0);

    CustomerKey key;
    CustomerState state;
    long events;
    long lastSeenMs;
    boolean guest;
    boolean retired;
    // whether the eviction order counts it among the fleeting guests
    boolean fleeting;

    CustomerRecord(CustomerKey key, CustomerState state) {
        this.key = key;
        this.state = state;
        this.guest = key.isGuest();
    }

    @Override
    public CustomerState state() {
        return state;
    }

    /** Returns nothing: this one keeps none. */
    @Override
    public @Nullable AwaitedAnswer awaited() {
        return null;
    }

    /** Sets the event to which an answer is awaited, where one is kept. */
    @Override
    public void await(@Nullable AwaitedAnswer awaited) {}

    /** Returns nothing: this one keeps none. */
    @Override
    public @Nullable Standing standing() {
        return null;
    }

    /** Sets what signals say, where it is kept. */
    @Override
    public void stand(@Nullable Standing standing) {}

    /** Returns nothing: this one keeps none. */
    @Override
    public Spending spending() {
        return Spending.NONE;
    }

    /** Sets what the customer spent and cost, where it is kept. */
    @Override
    public void spend(Spending spending) {}

    /** Returns whether this is a guest with one event and no open journey. */
    boolean isFleeting() {
        return guest && events <= 1 && state.journeys().isEmpty();
    }

    boolean isOnJourney() {
        return !state.journeys().isEmpty();
    }

    /**
     * Retires it, and lets go of the customer: the eviction order may have an entry of it for a while.
     *
     * @param nothing the state of no customer
     * @return the state that it had
     */
    CustomerState retire(CustomerState nothing) {
        CustomerState last = state;
        retired = true;
        key = NO_CUSTOMER;
        state = nothing;
        await(null);
        stand(null);
        spend(Spending.NONE);
        return last;
    }
}
