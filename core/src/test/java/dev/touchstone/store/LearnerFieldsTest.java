package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.internal.Answer;
import dev.touchstone.prediction.internal.Case;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Output;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A learner in a snapshot. */
class LearnerFieldsTest {

    private static final long HOUR = 3_600_000;
    private static final long NOW = 700 * HOUR;
    private static final List<String> EFFECTS = List.of("seller", "category");

    private static final Assessment BROKEN_PROMISE =
            Assessment.of(Assessment.Kind.EVENT, 0, Map.of(LossDriver.PROMISE, 0.6), Effort.NONE, Verdict.MISSED);
    private static final Case LATE = Case.of(BROKEN_PROMISE, List.of("77", "toys"));

    private static Learner taught() {
        Learner learner = new Learner(EFFECTS);
        for (int i = 0; i < 600; i++) {
            Answer answer = new Answer(i % 3 == 0 ? 0 : 1, i % 3 != 0);
            learner.learn(LATE, learner.predictor(LATE, i * HOUR), answer, i * HOUR);
        }
        return learner;
    }

    private static byte[] bytes(Learner learner) {
        Output output = new Output();
        learner.fields(new FieldWriter(output));
        byte[] bytes = new byte[output.size()];
        output.written().get(bytes);
        return bytes;
    }

    private static Learner read(byte[] bytes, List<String> effects) {
        return new Learner(List.of())
                .fields(new FieldReader(new Input(ByteBuffer.wrap(bytes))))
                .with(effects, Learner.Maps.PLAIN);
    }

    @Test
    void learnerIsRestoredAsItWas() {
        Learner learner = taught();
        Learner restored = read(bytes(learner), EFFECTS);
        assertThat(restored.answers()).isEqualTo(600);
        assertThat(bytes(restored)).isEqualTo(bytes(learner));
        assertThat(restored.predict(LATE, NOW, 1))
                .hasToString(learner.predict(LATE, NOW, 1).toString());
        assertThat(restored.predict(LATE, NOW, 1).explanation())
                .isEqualTo(learner.predict(LATE, NOW, 1).explanation());
        assertThat(restored.reliability()).hasToString(learner.reliability().toString());
        // it goes on as the original does
        restored.learn(LATE, 0.5, new Answer(1, true), NOW);
        learner.learn(LATE, 0.5, new Answer(1, true), NOW);
        assertThat(bytes(restored)).isEqualTo(bytes(learner));
        assertThat(bytes(read(bytes(new Learner(EFFECTS)), EFFECTS))).isEqualTo(bytes(new Learner(EFFECTS)));
    }

    @Test
    void copyIsIndependent() {
        Learner learner = taught();
        byte[] before = bytes(learner);
        Learner copy = learner.copy();
        assertThat(bytes(copy)).isEqualTo(before);
        copy.learn(LATE, 0, new Answer(1, true), NOW);
        assertThat(bytes(learner)).isEqualTo(before);
        learner.learn(LATE, 0, new Answer(1, true), NOW);
        assertThat(bytes(learner)).isEqualTo(bytes(copy));
    }

    @Test
    void effectThatIsNoLongerDeclaredIsLeftOut() {
        Learner learner = taught();
        Learner restored = read(bytes(learner), List.of("category", "agent"));
        Case late = Case.of(BROKEN_PROMISE, List.of("toys", "x"));
        Map<String, Double> before = learner.predict(LATE, NOW, 1).explanation().parts();
        Map<String, Double> after = restored.predict(late, NOW, 1).explanation().parts();
        assertThat(after.get("category=toys")).isEqualTo(before.get("category=toys"));
        assertThat(after).containsEntry("agent", 0.0).containsEntry("category and MISSED", 0.0);
        assertThat(after.toString()).doesNotContain("seller");
    }

    @Test
    void exportHasEveryField() {
        Map<String, Object> export = Fields.export(taught()::fields);
        assertThat(export)
                .containsOnlyKeys("answers", "lastAnswer", "weights", "recalibration", "reliability", "effects");
        assertThat(export.toString()).contains("seller", "77", "toys", "covariance");
    }

    @Test
    void damagedLearnerIsRejected() {
        byte[] bytes = bytes(taught());
        int rejected = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= (byte) 0xC0;
            try {
                Learner restored = read(damaged, EFFECTS);
                double satisfied = restored.predict(LATE, NOW, 1).satisfied();
                assertThat(satisfied).isBetween(0.0, 1.0);
            } catch (MalformedException | IllegalArgumentException | java.nio.BufferUnderflowException e) {
                rejected++;
            }
        }
        assertThat(rejected).isPositive();
        assertThatThrownBy(() -> read(new byte[0], EFFECTS)).isInstanceOf(RuntimeException.class);
    }
}
