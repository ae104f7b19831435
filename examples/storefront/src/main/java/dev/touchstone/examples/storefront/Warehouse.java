package dev.touchstone.examples.storefront;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Stage;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where orders are packed. Customers never see it, and yet they wait for it: each call is an event about them. */
@Component
class Warehouse {

    private static final int PER_PARCEL = 4;

    private final Operations operations;

    Warehouse(Operations operations) {
        this.operations = operations;
    }

    /** Returns how many parcels an order makes. */
    @Touchpoint(name = "warehouse.pack", stage = Stage.PURCHASE)
    public int pack(List<Product> order) {
        operations.stamp();
        return (order.size() + PER_PARCEL - 1) / PER_PARCEL;
    }
}
