package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.CustomerFold;

/** A customer with spending, in 24 more bytes. */
final class ValuedRecord extends FullRecord {

    private static final long MINUTE_MS = 60_000;

    private double amount;
    private double cost;
    // the time of the latest event, rounded up, in minutes since 1970
    private int latestMinute;

    ValuedRecord(CustomerKey key, CustomerFold fold) {
        super(key, fold);
    }

    @Override
    public Spending spending() {
        return new Spending(amount, cost, latestMinute * MINUTE_MS);
    }

    @Override
    public void spend(Spending spending) {
        amount = spending.amount();
        cost = spending.cost();
        long minute = -Math.floorDiv(-Math.max(0, spending.latestMs()), MINUTE_MS);
        latestMinute = (int) Math.min(Integer.MAX_VALUE, minute);
    }
}
