package dev.touchstone.store;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseFields;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.history.History.Mark;
import dev.touchstone.internal.Fields.Listing;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.CustomerCodec;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Alias;
import dev.touchstone.state.internal.Snapshot.Conversion;
import dev.touchstone.state.internal.Snapshot.Customer;
import dev.touchstone.state.internal.Snapshot.Customers;
import dev.touchstone.state.internal.Snapshot.Journey;
import dev.touchstone.state.internal.Snapshot.Newcomers;
import dev.touchstone.state.internal.Snapshot.Past;
import dev.touchstone.state.internal.Snapshot.RecentJourneys;
import dev.touchstone.state.internal.Snapshot.Step;
import dev.touchstone.state.internal.Snapshot.Touchpoint;
import dev.touchstone.state.internal.Snapshot.Variant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Reads one snapshot and passes its contents to a visitor. Used once, by one thread. */
final class SnapshotReader {

    private static final int FIRST_BYTES = Long.BYTES + Integer.BYTES;
    private static final int CUSTOMER_BYTES = Codes.KEY_BYTES + Integer.BYTES;

    private final FileChannel file;
    private final ScoreModel model;
    private final Visitor visitor;
    private final CRC32C checksum = new CRC32C();
    // one buffer for all sections, as large as the largest so far
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    // the touchpoints in the sets that follow
    private List<String> numbered = List.of();

    private SnapshotReader(FileChannel file, ScoreModel model, Visitor visitor) {
        this.file = file;
        this.model = model;
        this.visitor = visitor;
    }

    /**
     * Reads a snapshot completely.
     *
     * @param model the model to restore; the visitor rejects a header with another one
     * @throws CorruptException if it is not as it was written; the visitor has received a part of it
     */
    static void read(Path path, ScoreModel model, Visitor visitor) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            new SnapshotReader(file, model, visitor).read();
        } catch (MalformedException e) {
            throw new CorruptException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CorruptException("invalid content: " + e.getMessage(), e);
        }
    }

    private void read() throws IOException {
        Input first = new Input(next(FIRST_BYTES));
        if (first.getLong() != SnapshotWriter.MAGIC) {
            throw new CorruptException("not a snapshot");
        }
        int format = first.getInt();
        if (format != SnapshotWriter.FORMAT) {
            throw new CorruptException(
                    "format " + format + " was written by a newer version; expected " + SnapshotWriter.FORMAT);
        }
        for (int sections = 0; ; sections++) {
            if (readSection(sections)) {
                break;
            }
        }
        if (file.position() != file.size()) {
            throw new CorruptException("there is data after the end");
        }
    }

    /** Reads a section; returns whether it was the end section. */
    private boolean readSection(int number) throws IOException {
        Input frame = new Input(next(2 * Integer.BYTES));
        int section = frame.getInt();
        int length = frame.getInt();
        if (length < 0 || length > Output.MAX_LENGTH || length > file.size() - file.position() - Integer.BYTES) {
            throw new CorruptException("section " + number + " is longer than the file");
        }
        checksum.reset();
        checksum.update(buffer.array(), 0, 2 * Integer.BYTES);
        ByteBuffer content = next(length + Integer.BYTES);
        checksum.update(buffer.array(), 0, length);
        if ((int) checksum.getValue() != content.getInt(length)) {
            throw new CorruptException("the checksum of section " + number + " does not match");
        }
        if ((number == 0) != (section == Section.HEADER)) {
            throw new CorruptException("the header is not the first section");
        }
        Input input = new Input(content.limit(length));
        if ((Section.isOfPrediction(section) && !visitor.predicts())
                || (Section.isOfCare(section) && !visitor.cares())
                || (Section.isOfValue(section) && !visitor.keepsValue())) {
            carry(section, length, content);
            return false;
        }
        switch (section) {
            case Section.HEADER -> visitor.header(Header.read(input));
            case Section.STATE -> visitor.state(readState(input));
            case Section.TOUCHPOINTS ->
                visitor.touchpoints(readAll(
                        input,
                        "touchpoints",
                        () -> Touchpoint.blank(model),
                        (touchpoint, fields) -> touchpoint.fields(fields, model)));
            case Section.JOURNEYS ->
                visitor.journeys(readAll(input, "journeys", () -> Journey.blank(model), Journey::fields));
            case Section.TOMBSTONES ->
                visitor.tombstones(readAll(input, "tombstones", () -> Snapshot.NO_TOMBSTONE, Snapshot::fields));
            case Section.CUSTOMERS -> visitor.customers(readCustomers(input));
            case Section.ENDINGS ->
                readAbout(input, fields -> CustomerState.blank(model).endingFields(fields), visitor::ending);
            case Section.PASSED ->
                readAbout(input, fields -> CustomerState.blank(model).passedFields(fields), visitor::passed);
            case Section.PLACES ->
                readAbout(input, fields -> CustomerState.blank(model).placeFields(fields), visitor::places);
            case Section.VISITED ->
                readAbout(
                        input, fields -> CustomerState.blank(model).visitedFields(fields, numbered), visitor::visited);
            case Section.AWAITED ->
                readAbout(input, fields -> AwaitedAnswer.blank().fields(fields), visitor::awaited);
            case Section.STANDINGS -> readAbout(input, fields -> new Standing().fields(fields), visitor::standing);
            case Section.SPENDING -> readAbout(input, fields -> Spending.NONE.fields(fields), visitor::spending);
            case Section.CASES ->
                readAbout(
                        input,
                        fields -> CaseFields.fields(CaseFields.BLANK, fields),
                        (customer, file) -> visitor.recoveryCase(file));
            case Section.LEARNER -> visitor.learner(readLearner(input));
            case Section.RECENT_JOURNEYS ->
                visitor.recentJourneys(
                        readAll(input, "recentJourneys", () -> RecentJourneys.BLANK, RecentJourneys::fields));
            case Section.PAST -> visitor.past(readAll(input, "past", Past::blank, Past::fields));
            case Section.MARKS ->
                visitor.marks(readAll(input, "marks", () -> Mark.of(Instant.EPOCH, ""), Snapshot::fields));
            case Section.CONVERSIONS ->
                visitor.conversions(readAll(input, "conversions", () -> Conversion.BLANK, Conversion::fields));
            case Section.STEPS -> visitor.steps(readAll(input, "steps", () -> Step.BLANK, Step::fields));
            case Section.NUMBERED -> {
                numbered = readAll(input, "numbered", () -> "", (name, fields) -> fields.text("name", name));
                if (numbered.size() > Long.SIZE) {
                    throw new MalformedException(
                            "numbered: " + numbered.size() + " touchpoints; expected at most " + Long.SIZE);
                }
                visitor.numbered(numbered);
            }
            case Section.NEWCOMERS ->
                visitor.newcomers(readAll(input, "newcomers", () -> Newcomers.BLANK, Newcomers::fields));
            case Section.VARIANTS -> visitor.variants(readAll(input, "variants", Variant::blank, Variant::fields));
            case Section.END -> {
                if (input.getCount() != number) {
                    throw new CorruptException("sections are missing");
                }
                input.end();
            }
            default -> carry(section, length, content);
        }
        return section == Section.END;
    }

    private void carry(int section, int length, ByteBuffer content) {
        ByteBuffer copy = ByteBuffer.allocate(length).put(content.duplicate()).flip();
        visitor.unknown(new Unknown(section, copy));
    }

    private ByteBuffer next(int length) throws IOException {
        if (length > file.size() - file.position()) {
            throw new CorruptException("the file ends too early");
        }
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                throw new CorruptException("the file ends too early");
            }
        }
        return buffer.flip();
    }

    private Snapshot readState(Input input) {
        Snapshot snapshot = Snapshot.blank().fields(new FieldReader(input), model);
        input.end();
        return snapshot;
    }

    /** Reads a section that consists of one list. */
    private static <T> List<T> readAll(Input input, String name, Supplier<T> blank, Listing<T> listing) {
        List<T> all = new FieldReader(input).list(name, List.of(), blank, listing);
        input.end();
        return all;
    }

    /** Reads entries about one customer each. */
    private <T> void readAbout(Input input, Function<FieldReader, T> entry, BiConsumer<CustomerKey, T> receiver) {
        while (input.remaining() > 0) {
            CustomerKey customer = Codes.readKey(input);
            Input part = input.getPart();
            T read = entry.apply(new FieldReader(part));
            part.end();
            receiver.accept(customer, read);
        }
    }

    private static Learner readLearner(Input input) {
        Learner learner = new Learner(List.of()).fields(new FieldReader(input));
        input.end();
        return learner;
    }

    private Customers readCustomers(Input input) {
        long erasures = input.getCount();
        int size = input.getSize(CUSTOMER_BYTES);
        List<Customer> customers = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            CustomerKey key = Codes.readKey(input);
            customers.add(CustomerCodec.read(key, model, input.getPart(input.getInt())));
        }
        List<CustomerKey> gone = new ArrayList<>();
        for (int left = input.getSize(Codes.KEY_BYTES); left > 0; left--) {
            gone.add(Codes.readKey(input));
        }
        List<Alias> aliases = new FieldReader(input).list("aliases", List.of(), () -> Alias.BLANK, Alias::fields);
        input.end();
        return new Customers(erasures, customers, gone, aliases);
    }

    /** Receives the contents of a snapshot, in the order of the file. */
    interface Visitor {

        default void header(Header header) {}

        default void state(Snapshot snapshot) {}

        default void touchpoints(List<Touchpoint> touchpoints) {}

        default void journeys(List<Journey> journeys) {}

        default void recentJourneys(List<RecentJourneys> recent) {}

        default void past(List<Past> past) {}

        default void marks(List<Mark> marks) {}

        default void variants(List<Variant> variants) {}

        default void conversions(List<Conversion> conversions) {}

        default void customers(Customers customers) {}

        default void ending(CustomerKey customer, CustomerState state) {}

        default void passed(CustomerKey customer, CustomerState state) {}

        default void steps(List<Step> steps) {}

        default void places(CustomerKey customer, CustomerState state) {}

        default void numbered(List<String> touchpoints) {}

        default void newcomers(List<Newcomers> newcomers) {}

        default void visited(CustomerKey customer, CustomerState state) {}

        /** Returns whether prediction data is used. */
        default boolean predicts() {
            return true;
        }

        default void awaited(CustomerKey customer, AwaitedAnswer awaited) {}

        default void learner(Learner learner) {}

        /** Returns whether care data is used. */
        default boolean cares() {
            return true;
        }

        default void standing(CustomerKey customer, Standing standing) {}

        /** Returns whether spending data is used. */
        default boolean keepsValue() {
            return true;
        }

        default void spending(CustomerKey customer, Spending spending) {}

        default void recoveryCase(RecoveryCase recoveryCase) {}

        default void tombstones(List<Tombstone> tombstones) {}

        default void unknown(Unknown unknown) {}
    }
}
