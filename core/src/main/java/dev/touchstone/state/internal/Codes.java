package dev.touchstone.state.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;

/** Constants and words as bytes. Constants are written by their number: only ever add some at the end of an enum. */
public final class Codes {

    /** The bytes of a pseudonym. */
    public static final int KEY_BYTES = 2 * Long.BYTES;

    private Codes() {}

    public static <E extends Enum<E>> E constant(E[] constants, int number) {
        if (number < 0 || number >= constants.length) {
            throw new MalformedException("the number " + number + " stands for nothing known");
        }
        return constants[number];
    }

    public static void write(CustomerKey key, Output output) {
        output.putLong(key.high()).putLong(key.low());
    }

    public static CustomerKey readKey(Input input) {
        return new CustomerKey(input.getLong(), input.getLong());
    }

    /** Returns the lowest bits of a set, as many as there are names. */
    public static long bits(int names) {
        return names == 0 ? 0 : -1L >>> (Long.SIZE - names);
    }

    public static Channel readChannel(Input input) {
        String name = input.getText();
        if (!Channel.isValid(name)) {
            throw new MalformedException("a channel has a name that none can have");
        }
        return Channel.of(name);
    }
}
