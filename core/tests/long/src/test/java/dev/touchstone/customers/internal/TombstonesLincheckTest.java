package dev.touchstone.customers.internal;

import dev.touchstone.LinearizabilityTest;
import dev.touchstone.event.CustomerKey;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Erasures by several threads are as if one thread had made them, one after the other. */
@Param(name = "customer", gen = IntGen.class, conf = "1:2")
@Param(name = "time", gen = IntGen.class, conf = "1:3")
public class TombstonesLincheckTest extends LinearizabilityTest {

    private final Tombstones tombstones = new Tombstones();

    private static CustomerKey key(int customer) {
        return new CustomerKey(customer, customer);
    }

    @Operation
    public long erase(@Param(name = "customer") int customer, @Param(name = "time") int timeMs) {
        return tombstones.add(List.of(key(customer)), timeMs).get(0).number();
    }

    @Operation
    public boolean cover(@Param(name = "customer") int customer, @Param(name = "time") int timeMs) {
        return tombstones.cover(key(customer), timeMs);
    }

    @Operation
    public long count() {
        return tombstones.count();
    }
}
