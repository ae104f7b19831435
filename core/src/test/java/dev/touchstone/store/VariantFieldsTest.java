package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.comparison.internal.VariantSums;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot.Group;
import dev.touchstone.state.internal.Snapshot.Variant;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value of an attribute in a snapshot. */
class VariantFieldsTest {

    private static VariantSums sums() {
        VariantSums sums = new VariantSums();
        for (int i = 0; i < 7; i++) {
            sums.add(
                    Assessment.of(
                            Assessment.Kind.EVENT,
                            0,
                            Map.of(LossDriver.PROMISE, i / 10.0),
                            Effort.of(Map.of(EffortDriver.RETRY, (double) i)),
                            Verdict.MET),
                    i == 3);
        }
        sums.addJourneys(3, 2);
        sums.addPredicted(0.25);
        return sums;
    }

    private static Variant variant(VariantSums sums) {
        return new Variant("build", "412", 1_000, 2_000, sums, new Group(false, List.of(7L)));
    }

    private static byte[] bytes(Variant variant) {
        Output output = new Output();
        variant.fields(new FieldWriter(output));
        byte[] bytes = new byte[output.size()];
        output.written().get(bytes);
        return bytes;
    }

    private static Variant read(byte[] bytes) {
        return Variant.blank().fields(new FieldReader(new Input(ByteBuffer.wrap(bytes))));
    }

    @Test
    void valueIsRestoredAsItWas() {
        Variant restored = read(bytes(variant(sums())));
        assertThat(bytes(restored)).isEqualTo(bytes(variant(sums())));
        assertThat(restored.attribute()).isEqualTo("build");
        assertThat(restored.value()).isEqualTo("412");
        assertThat(restored.firstMs()).isEqualTo(1_000);
        assertThat(restored.lastMs()).isEqualTo(2_000);
        assertThat(restored.group().members()).containsExactly(7L);
        VariantSums sums = restored.sums();
        assertThat(sums.events()).isEqualTo(7);
        assertThat(sums.failures()).isEqualTo(1);
        assertThat(sums.begun()).isEqualTo(3);
        assertThat(sums.quality()).isEqualTo(sums().quality());
        assertThat(sums.effort()).hasValue(3);
        assertThat(sums.completion()).hasValue(2.0 / 3);
        assertThat(sums.predicted()).hasValue(0.25);
    }

    @Test
    void impossibleSumsAreRejected() {
        // the sum of the qualities stands there as a double
        byte[] bytes = bytes(variant(sums()));
        int at = indexOf(bytes, sums().quality().orElseThrow() * 7);
        for (double impossible : new double[] {7.1, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            ByteBuffer.wrap(bytes).putDouble(at, impossible);
            assertThatThrownBy(() -> read(bytes))
                    .as("%s", impossible)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("7 events");
        }
        assertThatThrownBy(() ->
                        read(bytes(new Variant("", "412", 0, 0, new VariantSums(), new Group(false, List.of())))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int indexOf(byte[] bytes, double value) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i + Double.BYTES <= bytes.length; i++) {
            if (Math.abs(buffer.getDouble(i) - value) < 1e-12) {
                return i;
            }
        }
        throw new AssertionError("not found: " + value);
    }
}
