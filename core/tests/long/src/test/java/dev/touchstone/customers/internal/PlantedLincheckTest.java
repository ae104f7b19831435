package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Linearizability;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The planted fault: a ledger that changes whatever record its table gave it. If this passed, nothing would be proved. */
@Param(name = "customer", gen = IntGen.class, conf = "1:2")
public class PlantedLincheckTest {

    private final ConcurrentHashMap<Integer, int[]> records = new ConcurrentHashMap<>();

    @Operation
    public int record(@Param(name = "customer") int customer) {
        int[] events = records.computeIfAbsent(customer, absent -> new int[1]);
        synchronized (events) {
            return ++events[0];
        }
    }

    @Operation
    public int erase(@Param(name = "customer") int customer) {
        int[] removed = records.remove(customer);
        if (removed == null) {
            return 0;
        }
        synchronized (removed) {
            return removed[0];
        }
    }

    @Test
    void isFoundUnderStress() {
        assertThatThrownBy(() -> Linearizability.stress(getClass())).hasMessageContaining("Invalid execution results");
    }

    @Test
    void isFoundInSomeInterleaving() {
        assertThatThrownBy(() -> Linearizability.modelCheck(getClass()))
                .hasMessageContaining("Invalid execution results");
    }
}
