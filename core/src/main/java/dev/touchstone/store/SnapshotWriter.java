package dev.touchstone.store;

import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Alias;
import dev.touchstone.state.internal.Snapshot.Customer;
import dev.touchstone.state.internal.Snapshot.Customers;
import dev.touchstone.state.internal.Snapshot.RecentJourneys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Writes one snapshot. Used once, by one thread. */
final class SnapshotWriter {

    /** The first eight bytes of every snapshot: TOUCHSTN. */
    static final long MAGIC = 0x544F_5543_4853_544EL;

    /** The layout of the file; one that is not known is not read. */
    static final int FORMAT = 1;

    // small, because nobody is erased or identified while a block is copied
    private static final int CUSTOMERS_IN_A_BLOCK = 1024;

    private final FileChannel file;
    private final Output output = new Output();
    private final FieldWriter fields = new FieldWriter(output);
    private int sections;

    SnapshotWriter(FileChannel file) {
        this.file = file;
    }

    /** Writes everything, and what an older snapshot had that a newer version wrote. */
    void write(EngineContents held, List<Unknown> carried) throws IOException {
        output.putLong(MAGIC).putInt(FORMAT);
        flush();
        begin(Section.HEADER);
        Header.of(held).write(output);
        end();
        Snapshot snapshot = held.snapshot();
        begin(Section.STATE);
        snapshot.fields(fields, held.scoreModel());
        end();
        List<RecentJourneys> recent = snapshot.recentJourneys();
        if (!recent.isEmpty()) {
            begin(Section.RECENT_JOURNEYS);
            fields.list("recentJourneys", recent, () -> RecentJourneys.BLANK, RecentJourneys::fields);
            end();
        }
        try {
            held.customers(CUSTOMERS_IN_A_BLOCK, this::write);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Unknown unknown : carried) {
            begin(unknown.section());
            try {
                unknown.write(held, output);
            } catch (MalformedException e) {
                throw new IOException("section " + unknown.section() + " of a newer version is corrupt", e);
            }
            end();
        }
        begin(Section.TOMBSTONES);
        fields.list("tombstones", held.tombstones(), () -> Snapshot.NO_TOMBSTONE, Snapshot::fields);
        end();
        begin(Section.END);
        output.putCount(sections);
        end();
    }

    private void write(Customers block) {
        try {
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
            writeEndings(block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeEndings(Customers block) throws IOException {
        List<Customer> waiting = block.customers().stream()
                .filter(customer -> customer.state().hasEnding())
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        begin(Section.ENDINGS);
        for (Customer customer : waiting) {
            Output ending = new Output();
            customer.state().endingFields(new FieldWriter(ending));
            Codes.write(customer.key(), output);
            output.putBytes(ending.written());
        }
        end();
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
