package dev.touchstone.state.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields.Listing;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.internal.Snapshot.Customer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer as bytes, with the data that snapshots have in several sections. The layout is the format, the due time,
 * then parts, each with its number and length. The layout of a part never changes: additions have separate parts, which
 * an older version preserves without reading them. Not thread-safe.
 */
public final class StoredCustomers {

    /** No parts of a newer version. */
    public static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** The format number. Other formats are rejected. */
    static final int FORMAT = 1;

    private final ScoreModel model;
    private final Output whole = new Output();
    private final Output part = new Output();
    // all customers refer to the same few names
    private final Map<ByteBuffer, String> texts = new HashMap<>();

    /** Creates an instance for customers with evidence under a model. */
    public StoredCustomers(ScoreModel model) {
        this.model = model;
    }

    /**
     * Returns a customer as bytes.
     *
     * @param dueMs when the customer is due
     * @param numbered the names of the touchpoints that have a bit, the lowest first
     * @param rest the parts written by a newer version
     */
    public byte[] write(Customer customer, long dueMs, List<String> numbered, ByteBuffer rest) {
        CustomerState state = customer.state();
        whole.clear();
        whole.putByte(FORMAT).putSigned(dueMs);
        part.clear();
        CustomerCodec.write(customer, part);
        end(CustomerParts.CUSTOMER);
        write(CustomerParts.ENDING, state.hasEnding() ? state : null, CustomerState::endingFields);
        write(CustomerParts.PASSED, state.hasPassed() ? state : null, CustomerState::passedFields);
        write(CustomerParts.PLACES, state.hasPlace() ? state : null, CustomerState::placeFields);
        write(
                CustomerParts.VISITED,
                state.hasVisited() ? state : null,
                (visited, fields) -> visited.visitedFields(fields, numbered));
        write(CustomerParts.AWAITED, customer.awaited(), AwaitedAnswer::fields);
        write(CustomerParts.STANDING, customer.standing(), Standing::fields);
        write(CustomerParts.SPENDING, customer.spending(), Spending::fields);
        whole.put(rest);
        return whole.toBytes();
    }

    private <T> void write(int number, @Nullable T value, Listing<T> listing) {
        if (value != null) {
            part.clear();
            listing.visit(value, new FieldWriter(part));
            end(number);
        }
    }

    private void end(int number) {
        whole.putCount(number).putBytes(part.written());
    }

    /**
     * Reads a customer.
     *
     * @param numbered the names of the touchpoints that have a bit in the bytes, the lowest first
     * @throws MalformedException if the bytes are not a customer, or have a newer format
     */
    public Stored read(CustomerKey key, byte[] bytes, List<String> numbered) {
        Input input = new Input(ByteBuffer.wrap(bytes), texts);
        int format = input.getByte();
        if (format != FORMAT) {
            throw new MalformedException(
                    "customer: format " + format + " was written by a newer version; expected " + FORMAT);
        }
        long dueMs = input.getSigned();
        if ((int) input.getCount() != CustomerParts.CUSTOMER) {
            throw new MalformedException("customer has no leading part with the common fields");
        }
        Customer customer = CustomerCodec.read(key, model, input.getPart());
        CustomerState state = customer.state();
        AwaitedAnswer awaited = null;
        Standing standing = null;
        Spending spending = null;
        Output rest = null;
        while (input.remaining() > 0) {
            long number = input.getCount();
            Input content = input.getPart();
            FieldReader fields = new FieldReader(content);
            switch ((int) number) {
                case CustomerParts.ENDING -> state.endingFields(fields);
                case CustomerParts.PASSED ->
                    state.restorePassed(CustomerState.blank(model).passedFields(fields));
                case CustomerParts.PLACES ->
                    state.restorePlaces(CustomerState.blank(model).placeFields(fields), journey -> {});
                case CustomerParts.VISITED -> state.visitedFields(fields, numbered);
                case CustomerParts.AWAITED -> awaited = AwaitedAnswer.blank().fields(fields);
                case CustomerParts.STANDING -> standing = new Standing().fields(fields);
                case CustomerParts.SPENDING -> spending = Spending.NONE.fields(fields);
                default -> {
                    rest = rest == null ? new Output(content.remaining() + 2 * Long.BYTES) : rest;
                    rest.putCount(number).putBytes(content.bytes());
                    continue;
                }
            }
            content.end();
        }
        return new Stored(
                new Customer(
                        key,
                        customer.events(),
                        customer.lastSeenMs(),
                        state,
                        customer.guest(),
                        awaited,
                        standing,
                        spending),
                dueMs,
                rest == null ? NOTHING : rest.written());
    }

    /**
     * A customer that was read.
     *
     * @param customer the customer
     * @param dueMs when the customer is due
     * @param rest the parts written by a newer version
     */
    public record Stored(Customer customer, long dueMs, ByteBuffer rest) {}
}
