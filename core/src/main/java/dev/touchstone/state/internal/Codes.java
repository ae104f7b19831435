package dev.touchstone.state.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;

/** Codes of constants and words. Constants are stored by number: add new ones only at the end of an enum. */
public final class Codes {

    /** The bytes of a pseudonym. */
    public static final int KEY_BYTES = 2 * Long.BYTES;

    private Codes() {}

    public static <E extends Enum<E>> E constant(E[] constants, int number) {
        if (number < 0 || number >= constants.length) {
            throw new MalformedException("code " + number + " is unknown");
        }
        return constants[number];
    }

    public static void write(CustomerKey key, Output output) {
        output.putLong(key.high()).putLong(key.low());
    }

    public static CustomerKey readKey(Input input) {
        return new CustomerKey(input.getLong(), input.getLong());
    }

    /** Returns the mask of the lowest bits, one per name. */
    public static long bits(int names) {
        return names == 0 ? 0 : -1L >>> (Long.SIZE - names);
    }

    public static Channel readChannel(Input input) {
        String name = input.getText();
        if (!Channel.isValid(name)) {
            throw new MalformedException("channel name is malformed");
        }
        return Channel.of(name);
    }
}
