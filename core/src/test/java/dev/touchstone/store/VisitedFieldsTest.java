package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot.Newcomers;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The touchpoints where something happened to a customer, as bytes and as names. */
class VisitedFieldsTest {

    private static final List<String> NAMES =
            IntStream.range(0, 64).mapToObj(i -> "t" + i).toList();

    private static CustomerState state(long visited) {
        CustomerState state = CustomerState.blank(ScoreModel.STANDARD);
        state.visit(visited);
        return state;
    }

    private static long throughBytes(long visited, List<String> written, List<String> read) {
        Output output = new Output();
        state(visited).visitedFields(new FieldWriter(output), written);
        Input input = new Input(output.written());
        long again = state(0).visitedFields(new FieldReader(input), read).visited();
        input.end();
        return again;
    }

    private static Object exported(long visited, List<String> names) {
        return Fields.export(fields -> state(visited).visitedFields(fields, names))
                .get("visited");
    }

    @Test
    void eachOf64TouchpointsIsReadAgain() {
        for (int i = 0; i < 64; i++) {
            long bit = 1L << i;
            assertThat(throughBytes(bit, NAMES, NAMES)).isEqualTo(bit);
            assertThat(exported(bit, NAMES)).isEqualTo(List.of("t" + i));
            assertThat(state(bit).copy().visited()).isEqualTo(bit);
        }
        assertThat(throughBytes(-1, NAMES, NAMES)).isEqualTo(-1);
        assertThat(exported(0, NAMES)).isEqualTo(List.of());
    }

    @Test
    void touchpointThatCameWhileASnapshotIsWrittenIsLeftOut() {
        List<String> two = NAMES.subList(0, 2);
        assertThat(throughBytes(0b111, two, two)).isEqualTo(0b11);
        assertThat(throughBytes(0b111, List.of(), List.of())).isZero();
        assertThat(exported(0b111, two)).isEqualTo(List.of("t0", "t1"));
    }

    @Test
    void touchpointWithoutANameIsRejected() {
        assertThatThrownBy(() -> throughBytes(0b101, NAMES, NAMES.subList(0, 2)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("visited: name 3 of 2");
    }

    private static Path emptySnapshot(Path directory) {
        Path file = directory.resolve("snapshot.touchstone");
        Trials.builder(ManualClock.at(Trials.START))
                .store(SnapshotFile.of(null, file))
                .build()
                .close();
        return file;
    }

    @Test
    void moreFirstEventsThanEventsAreRejected() {
        assertThatThrownBy(() -> Fields.export(new Newcomers("pay", Channel.WEB, 3, 2)::fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("newcomers: 3 of 2 events; expected no more than all events");
    }

    @Test
    void moreThan64NumberedTouchpointsAreRejected(@TempDir Path directory) throws IOException {
        Path file = emptySnapshot(directory);
        Snapshots.insert(file, Section.NUMBERED, output -> {
            output.putCount(65);
            for (int i = 0; i < 65; i++) {
                output.putText("t" + i);
            }
        });
        assertThatThrownBy(() -> SnapshotReader.read(file, ScoreModel.STANDARD, new SnapshotReader.Visitor() {}))
                .isInstanceOf(CorruptException.class)
                .hasMessage("numbered: 65 touchpoints; expected at most 64");
    }

    @Test
    void customerWhoIsNotInTheSnapshotGetsNothing(@TempDir Path directory) throws IOException {
        Path file = emptySnapshot(directory);
        Snapshots.insert(file, Section.VISITED, output -> {
            Codes.write(new CustomerKey(1, 2), output);
            output.putBytes(ByteBuffer.allocate(Long.BYTES).putLong(1).flip());
        });
        try (var touchstone = Trials.builder(ManualClock.at(Trials.START))
                .store(SnapshotFile.of(file, null))
                .build()) {
            assertThat(touchstone.health().customers()).isZero();
        }
    }
}
