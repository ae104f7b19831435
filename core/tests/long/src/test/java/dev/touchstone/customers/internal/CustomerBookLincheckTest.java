package dev.touchstone.customers.internal;

import dev.touchstone.LinearizabilityTest;
import dev.touchstone.event.CustomerKey;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** What several threads do to the table of customers is as if one thread had done it, one operation after the other. */
@Param(name = "customer", gen = IntGen.class, conf = "1:2")
public class CustomerBookLincheckTest extends LinearizabilityTest {

    private final CountedBook book = new CountedBook(10);

    private static CustomerKey key(int customer) {
        return new CustomerKey(customer, customer);
    }

    @Operation
    public int recordLater(@Param(name = "customer") int customer) {
        return book.record(key(customer), 1_001);
    }

    @Operation
    public int recordAtErasure(@Param(name = "customer") int customer) {
        return book.record(key(customer), 1_000);
    }

    @Operation
    public int events(@Param(name = "customer") int customer) {
        return book.book.saved(key(customer)).map(saved -> (int) saved.events()).orElse(0);
    }

    @Operation
    public void erase(@Param(name = "customer") int customer) {
        book.erase(key(customer));
    }
}
