package dev.touchstone.store;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A section written by a newer version, which is carried over.
 *
 * @param section its number
 * @param content its bytes, never modified
 */
record Unknown(int section, ByteBuffer content) {

    /**
     * Returns sections without the customers that do not stay. An erased or removed customer may return, and must not
     * regain the earlier data.
     *
     * @throws IOException if the layout of a section does not match its number
     */
    static List<Unknown> reduced(List<Unknown> sections, Predicate<CustomerKey> stays) throws IOException {
        List<Unknown> reduced = new ArrayList<>();
        for (Unknown section : sections) {
            try {
                reduced.add(section.reduced(stays));
            } catch (MalformedException e) {
                throw new IOException("section " + section.section + " from a newer version is corrupt", e);
            }
        }
        return reduced;
    }

    private Unknown reduced(Predicate<CustomerKey> stays) {
        if ((section & Section.BY_CUSTOMER) == 0) {
            return this;
        }
        Output output = new Output();
        Input input = new Input(content.duplicate());
        while (input.remaining() > 0) {
            CustomerKey customer = Codes.readKey(input);
            ByteBuffer rest = input.getPart().bytes();
            if (stays.test(customer)) {
                Codes.write(customer, output);
                output.putBytes(rest);
            }
        }
        ByteBuffer left = output.written();
        return left.remaining() == content.remaining()
                ? this
                : new Unknown(
                        section, ByteBuffer.allocate(left.remaining()).put(left).flip());
    }

    /** Writes the section. */
    void write(Output output) {
        output.put(content.duplicate());
    }
}
