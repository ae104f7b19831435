package dev.touchstone;

import dev.touchstone.event.PseudonymKey.EventKey;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A window of two ids, to which several threads add, is as if one thread had added them, one after the other. */
@Param(name = "id", gen = IntGen.class, conf = "1:4")
public class DuplicateWindowLincheckTest extends LinearizabilityTest {

    private final DuplicateWindow window = new DuplicateWindow(2);

    @Operation
    public boolean add(@Param(name = "id") int id) {
        return window.add(new EventKey(id, id));
    }

    @Operation
    public List<EventKey> saved() {
        return window.saved();
    }
}
