package dev.touchstone.state.internal;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.Snapshot.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A compact binary format of customers. All flags are bits of one leading byte, in the order of the fields; a further
 * flag marks an empty list. Times are stored relative to the first one.
 */
public final class CustomerCodec {

    private CustomerCodec() {}

    public static void write(Customer customer, Output output) {
        Writer writer = new Writer(output);
        customer.fields(writer);
        writer.end();
    }

    public static Customer read(CustomerKey key, ScoreModel model, Input input) {
        Customer customer = Customer.blank(key, model).fields(new Reader(input));
        input.end();
        return customer;
    }

    private static final class Writer extends FieldWriter {

        private final int at;
        private int flags;
        private int bit = 1;
        private boolean later;
        private long firstMs;

        Writer(Output output) {
            super(output);
            this.at = output.reserveByte();
        }

        void end() {
            output.setByte(at, flags);
        }

        @Override
        public boolean flag(String name, boolean value) {
            flags |= value ? bit : 0;
            bit <<= 1;
            return value;
        }

        @Override
        public long time(String name, long valueMs) {
            output.putSigned(valueMs - firstMs);
            if (!later) {
                later = true;
                firstMs = valueMs;
            }
            return valueMs;
        }

        @Override
        public <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields) {
            return flag(name, !values.isEmpty()) ? super.list(name, values, blank, fields) : values;
        }
    }

    private static final class Reader extends FieldReader {

        private final int flags;
        private int bit = 1;
        private boolean later;
        private long firstMs;

        Reader(Input input) {
            super(input);
            this.flags = input.getByte();
        }

        @Override
        public boolean flag(String name, boolean value) {
            boolean set = (flags & bit) != 0;
            bit <<= 1;
            return set;
        }

        @Override
        public long time(String name, long valueMs) {
            long read = inRange(name, firstMs + input.getSigned());
            if (!later) {
                later = true;
                firstMs = read;
            }
            return read;
        }

        @Override
        public <T> List<T> list(String name, List<T> values, Supplier<T> blank, Listing<T> fields) {
            return flag(name, !values.isEmpty()) ? super.list(name, values, blank, fields) : new ArrayList<>();
        }
    }
}
