package dev.touchstone.store;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseFields;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields.Listing;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.CustomerCodec;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Alias;
import dev.touchstone.state.internal.Snapshot.Cell;
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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one snapshot. Long lists are split into several sections, so that none is longer than a reader accepts. Used
 * once, by one thread.
 */
final class SnapshotWriter {

    /** The first eight bytes of every snapshot: TOUCHSTN. */
    static final long MAGIC = 0x544F_5543_4853_544EL;

    /** The format number. Other formats are rejected. */
    static final int FORMAT = 1;

    // small, because no customer is erased or identified while a block is copied
    private static final int CUSTOMERS_IN_A_BLOCK = 1024;
    // about 1.2 KB each
    private static final int CELLS_IN_STATE = 4096;
    private static final int CELLS_IN_A_TOUCHPOINT = 256;
    // at most about 24 KB each
    private static final int CASES_IN_A_SECTION = 1_000;
    private static final int JOURNEYS_IN_STATE = 256;
    // a section ends with the entry that reaches this size
    private static final int SECTION_BYTES = 1 << 20;

    private final FileChannel file;
    private final Output output = new Output();
    private final FieldWriter fields = new FieldWriter(output);
    private int sections;
    // the touchpoints in the sets that follow; one that is added while customers are written is left out
    private List<String> numbered = List.of();

    SnapshotWriter(FileChannel file) {
        this.file = file;
    }

    /**
     * Writes everything, including sections that a newer version wrote into an earlier snapshot.
     *
     * @throws IOException if that fails, or if a reader would reject the snapshot
     */
    void write(EngineContents held, List<Unknown> carried) throws IOException {
        try {
            writeAll(held, carried);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void writeAll(EngineContents held, List<Unknown> carried) throws IOException {
        output.putLong(MAGIC).putInt(FORMAT);
        flush();
        begin(Section.HEADER);
        Header.of(held).write(output);
        end();
        writeState(held);
        held.customers(CUSTOMERS_IN_A_BLOCK, this::write);
        writeLearner(held);
        for (Unknown unknown : carried) {
            begin(unknown.section());
            unknown.write(output);
            end();
        }
        write(Section.TOMBSTONES, held.tombstones(), Snapshot::fields);
        writeCases(held.cases()); // after the tombstones, which are therefore older than the cases
        begin(Section.END);
        output.putCount(sections);
        end();
    }

    private void writeLearner(EngineContents held) throws IOException {
        Learner learner = held.learner().orElse(null);
        if (learner != null) {
            begin(Section.LEARNER);
            learner.fields(fields);
            end();
        }
    }

    private void writeCases(List<RecoveryCase> cases) throws IOException {
        for (int from = 0; from < cases.size(); from += CASES_IN_A_SECTION) {
            List<RecoveryCase> part = cases.subList(from, Math.min(from + CASES_IN_A_SECTION, cases.size()));
            writeAbout(Section.CASES, part, RecoveryCase::customer, Function.identity(), CaseFields::fields);
        }
    }

    private void writeState(EngineContents held) throws IOException {
        Snapshot snapshot = held.snapshot();
        List<Touchpoint> touchpoints = inParts(snapshot.touchpoints());
        int first = firstTouchpoints(touchpoints);
        List<Journey> journeys = snapshot.journeys();
        int firstJourneys = Math.min(journeys.size(), JOURNEYS_IN_STATE);
        begin(Section.STATE);
        snapshot.with(touchpoints.subList(0, first), journeys.subList(0, firstJourneys))
                .fields(fields, held.scoreModel());
        end();
        writeRest(
                Section.TOUCHPOINTS,
                touchpoints.subList(first, touchpoints.size()),
                (touchpoint, writer) -> touchpoint.fields(writer, held.scoreModel()));
        writeRest(Section.JOURNEYS, journeys.subList(firstJourneys, journeys.size()), Journey::fields);
        writeRest(Section.RECENT_JOURNEYS, snapshot.recentJourneys(), RecentJourneys::fields);
        writeRest(Section.PAST, held.past(), Past::fields);
        writeRest(Section.MARKS, held.marks(), Snapshot::fields);
        writeRest(Section.CONVERSIONS, snapshot.conversions(), Conversion::fields);
        writeRest(Section.STEPS, snapshot.steps(), Step::fields);
        writeRest(Section.NEWCOMERS, snapshot.newcomers(), Newcomers::fields);
        numbered = held.numbered();
        writeRest(Section.NUMBERED, numbered, (name, writer) -> writer.text("name", name));
        writeRest(Section.VARIANTS, held.variants(), Variant::fields);
    }

    /** Splits touchpoints with many cells into several with few cells each. */
    private static List<Touchpoint> inParts(List<Touchpoint> touchpoints) {
        List<Touchpoint> parts = new ArrayList<>();
        for (Touchpoint touchpoint : touchpoints) {
            List<Cell> cells = touchpoint.cells();
            int from = 0;
            do {
                int to = Math.min(from + CELLS_IN_A_TOUCHPOINT, cells.size());
                parts.add(new Touchpoint(touchpoint.name(), touchpoint.pace(), cells.subList(from, to)));
                from = to;
            } while (from < cells.size());
        }
        return parts;
    }

    /** Returns how many touchpoints fit into the state section. */
    private static int firstTouchpoints(List<Touchpoint> touchpoints) {
        int cells = 0;
        int first = 0;
        for (Touchpoint touchpoint : touchpoints) {
            cells += 1 + touchpoint.cells().size();
            if (cells > CELLS_IN_STATE) {
                return first;
            }
            first++;
        }
        return first;
    }

    private <T> void writeRest(int section, List<T> values, Listing<T> listing) throws IOException {
        if (!values.isEmpty()) {
            write(section, values, listing);
        }
    }

    /** Writes a list as one or more sections. */
    private <T> void write(int section, List<T> values, Listing<T> listing) throws IOException {
        Output entries = new Output();
        FieldWriter writer = new FieldWriter(entries);
        int count = 0;
        for (T value : values) {
            listing.visit(value, writer);
            count++;
            if (entries.size() >= SECTION_BYTES) {
                write(section, count, entries);
                count = 0;
            }
        }
        if (count > 0 || values.isEmpty()) {
            write(section, count, entries);
        }
    }

    private void write(int section, int count, Output entries) throws IOException {
        begin(section);
        output.putCount(count).put(entries.written());
        end();
        entries.clear();
    }

    /** Writes customers: removed ones first, since a reader reverts these, and the aliases last. */
    private void write(Customers block) {
        try {
            int gone = 0;
            int customers = 0;
            int aliases = 0;
            boolean complete = false;
            while (!complete) {
                List<Customer> nextCustomers = List.of();
                List<Alias> nextAliases = List.of();
                int goneTo = to(gone, block.gone());
                if (goneTo == block.gone().size()) {
                    int to = to(customers, block.customers());
                    nextCustomers = block.customers().subList(customers, to);
                    customers = to;
                    if (customers == block.customers().size()) {
                        int aliasesTo = to(aliases, block.aliases());
                        nextAliases = block.aliases().subList(aliases, aliasesTo);
                        aliases = aliasesTo;
                        complete = aliases == block.aliases().size();
                    }
                }
                writePart(new Customers(
                        block.erasures(), nextCustomers, block.gone().subList(gone, goneTo), nextAliases));
                gone = goneTo;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int to(int from, List<?> list) {
        return Math.min(from + CUSTOMERS_IN_A_BLOCK, list.size());
    }

    private void writePart(Customers block) throws IOException {
        begin(Section.CUSTOMERS);
        output.putCount(block.erasures());
        output.putCount(block.customers().size());
        for (Customer customer : block.customers()) {
            Codes.write(customer.key(), output);
            int length = output.reserveInt();
            int from = output.size();
            CustomerCodec.write(customer, output);
            output.setInt(length, output.size() - from);
        }
        output.putCount(block.gone().size());
        block.gone().forEach(gone -> Codes.write(gone, output));
        fields.list("aliases", block.aliases(), () -> Alias.BLANK, Alias::fields);
        end();
        writeAbout(
                Section.ENDINGS,
                block.customers(),
                Customer::key,
                customer -> customer.state().hasEnding() ? customer.state() : null,
                CustomerState::endingFields);
        writeAbout(
                Section.PASSED,
                block.customers(),
                Customer::key,
                customer -> customer.state().hasPassed() ? customer.state() : null,
                CustomerState::passedFields);
        writeAbout(
                Section.PLACES,
                block.customers(),
                Customer::key,
                customer -> customer.state().hasPlace() ? customer.state() : null,
                CustomerState::placeFields);
        writeAbout(
                Section.VISITED,
                block.customers(),
                Customer::key,
                customer -> customer.state().hasVisited() ? customer.state() : null,
                (state, writer) -> state.visitedFields(writer, numbered));
        writeAbout(Section.AWAITED, block.customers(), Customer::key, Customer::awaited, AwaitedAnswer::fields);
        writeAbout(Section.STANDINGS, block.customers(), Customer::key, Customer::standing, Standing::fields);
        writeAbout(Section.SPENDING, block.customers(), Customer::key, Customer::spending, Spending::fields);
    }

    /** Writes a section with an entry for each customer that has the part. */
    private <C, T> void writeAbout(
            int section, List<C> all, Function<C, CustomerKey> key, Function<C, @Nullable T> part, Listing<T> listing)
            throws IOException {
        boolean begun = false;
        for (C one : all) {
            T something = part.apply(one);
            if (something != null) {
                if (!begun) {
                    begin(section);
                    begun = true;
                }
                Output entry = new Output();
                listing.visit(something, new FieldWriter(entry));
                Codes.write(key.apply(one), output);
                output.putBytes(entry.written());
            }
        }
        if (begun) {
            end();
        }
    }

    private void begin(int section) {
        output.putInt(section);
        output.reserveInt();
    }

    private void end() throws IOException {
        output.setInt(Integer.BYTES, output.size() - 2 * Integer.BYTES);
        output.putInt(output.checksum(0));
        flush();
        sections++;
    }

    private void flush() throws IOException {
        ByteBuffer written = output.written();
        while (written.hasRemaining()) {
            file.write(written);
        }
        output.clear();
    }
}
