package dev.touchstone.store;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState;
import java.nio.ByteBuffer;

/**
 * A section that a newer version wrote, to be carried on.
 *
 * @param section its number
 * @param content its bytes, never changed
 */
record Unknown(int section, ByteBuffer content) {

    /** Writes it, without customers who are not held any more. */
    void write(EngineState held, Output output) {
        if ((section & Section.BY_CUSTOMER) == 0) {
            output.put(content.duplicate());
            return;
        }
        Input input = new Input(content.duplicate());
        while (input.remaining() > 0) {
            CustomerKey customer = Codes.readKey(input);
            ByteBuffer rest = input.getPart().bytes();
            if (held.holds(customer)) {
                Codes.write(customer, output);
                output.putBytes(rest);
            }
        }
    }
}
