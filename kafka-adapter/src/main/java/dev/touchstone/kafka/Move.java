package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.touchstone.event.CustomerKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What one partition says to another one, in a topic that only the topology writes. An event that is passed on is a record of the
 * topic of events with another key. Anything else says so in a header.
 */
sealed interface Move {

    /** The header that says what it is. */
    String KIND = "touchstone-move";

    /** The header that says how often it was passed on. */
    String HOPS = "touchstone-hops";

    /** Returns what it is as a header has it. */
    byte[] kind();

    /** Returns it as the value of a record. */
    byte[] value();

    /**
     * A guest became the customer of the record.
     *
     * @param sinceMs when the guest was identified
     * @param left what the partition of the guest had of the guest
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Arrival(CustomerKey guest, long sinceMs, byte[] left) implements Move {

        private static final byte[] KIND_BYTES = {'a'};
        private static final int HEAD = 3 * Long.BYTES;

        @Override
        public byte[] kind() {
            return KIND_BYTES;
        }

        @Override
        public byte[] value() {
            return ByteBuffer.allocate(HEAD + left.length)
                    .putLong(guest.high())
                    .putLong(guest.low())
                    .putLong(sinceMs)
                    .put(left)
                    .array();
        }

        private static Arrival read(byte[] value) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            CustomerKey guest = new CustomerKey(bytes.getLong(), bytes.getLong());
            return new Arrival(guest, bytes.getLong(), Arrays.copyOfRange(value, HEAD, value.length));
        }
    }

    /**
     * The customer of the record was erased, in another partition.
     *
     * @param cause the customer who was erased there
     * @param untilMs the instant of erasure
     * @param whole whether everything is erased; otherwise the customer is another person by now
     */
    record Erasure(CustomerKey cause, long untilMs, boolean whole) implements Move {

        private static final byte[] WHOLE = {'e'};
        private static final byte[] UNTIL = {'u'};

        @Override
        public byte[] kind() {
            return whole ? WHOLE : UNTIL;
        }

        @Override
        public byte[] value() {
            return ByteBuffer.allocate(3 * Long.BYTES)
                    .putLong(cause.high())
                    .putLong(cause.low())
                    .putLong(untilMs)
                    .array();
        }

        private static Erasure read(byte[] value, boolean whole) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            CustomerKey cause = new CustomerKey(bytes.getLong(), bytes.getLong());
            return new Erasure(cause, bytes.getLong(), whole);
        }
    }

    /**
     * Reads what another partition says.
     *
     * @return null if the record is an event
     * @throws IllegalStateException if a newer version wrote it
     */
    static @Nullable Move read(Headers headers, byte[] value) {
        Header kind = headers.lastHeader(KIND);
        if (kind == null) {
            return null;
        }
        return switch (new String(kind.value(), US_ASCII)) {
            case "a" -> Arrival.read(value);
            case "e" -> Erasure.read(value, true);
            case "u" -> Erasure.read(value, false);
            default ->
                throw new IllegalStateException("topic of moves: a record of a kind that is not known here; update"
                        + " touchstone-kafka on all instances before you go on");
        };
    }

    /** Has a record know how often the one that caused it was passed on. */
    static void keepHops(Headers cause, Headers headers) {
        headers.add(HOPS, new byte[] {(byte) hops(cause)});
    }

    /** Returns how often a record was passed on. */
    static int hops(Headers headers) {
        Header hops = headers.lastHeader(HOPS);
        return hops == null || hops.value() == null || hops.value().length != 1 ? 0 : hops.value()[0];
    }
}
