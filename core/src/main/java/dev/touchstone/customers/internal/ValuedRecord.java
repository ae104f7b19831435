package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.CustomerState;

/** A customer of whom it is known what they spend and cost, in 16 bytes more. */
final class ValuedRecord extends FullRecord {

    private double amount;
    private double cost;

    ValuedRecord(CustomerKey key, CustomerState state) {
        super(key, state);
    }

    @Override
    public Spending spending() {
        return new Spending(amount, cost);
    }

    @Override
    public void spend(Spending spending) {
        amount = spending.amount();
        cost = spending.cost();
    }
}
