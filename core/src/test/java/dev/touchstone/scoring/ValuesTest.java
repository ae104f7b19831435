package dev.touchstone.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.scoring.Assessment.Kind;
import dev.touchstone.scoring.Assessment.Losses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The factories through which the engine and users' tests make values: they reject what is invalid, and only that. */
class ValuesTest {

    private static final Losses LOSSES = new Losses(0.5, 0.25, 0, 0.125, 0.125, 0);

    private static Assessment assessment(Kind kind, int tasks, double weight, Verdict verdict) {
        return Assessment.of(kind, 2, 1, tasks, weight, LOSSES, Effort.NONE, verdict, -0.5);
    }

    @Test
    void assessmentHasAllItsParts() {
        Assessment assessment = assessment(Kind.EVENT, 0, 3, Verdict.MET);
        assertThat(assessment.timeMs()).isEqualTo(2);
        assertThat(assessment.taskTimeMs()).isEqualTo(1);
        assertThat(assessment.tasks()).isZero();
        assertThat(assessment.weight()).isEqualTo(3);
        assertThat(assessment.quality()).isEqualTo(0.5);
        assertThat(assessment.loss(LossDriver.OUTCOME)).isEqualTo(0.25);
        assertThat(assessment.loss(LossDriver.EFFORT)).isEqualTo(0.125);
        assertThat(assessment.verdict()).contains(Verdict.MET);
        assertThat(assessment.pace()).isEqualTo(-0.5);
        assertThat(assessment(Kind.JOURNEY, 1, 1, null).verdict()).isEmpty();
    }

    @Test
    void assessmentRejectsTasksWeightAndVerdictOutOfRange() {
        assertThatThrownBy(() -> assessment(Kind.EVENT, 2, 1, Verdict.MET)).hasMessage("tasks 2: expected 0 or 1");
        assertThatThrownBy(() -> assessment(Kind.EVENT, -1, 1, Verdict.MET)).hasMessageContaining("tasks -1");
        assertThatThrownBy(() -> assessment(Kind.EVENT, 1, 0, Verdict.MET))
                .hasMessage("weight 0.0: expected a finite number greater than 0");
        assertThatThrownBy(() -> assessment(Kind.EVENT, 1, Double.POSITIVE_INFINITY, Verdict.MET))
                .hasMessageContaining("weight Infinity");
        assertThatThrownBy(() -> assessment(Kind.FEEDBACK, 0, 1, Verdict.MET))
                .hasMessage("verdict MET: feedback must have none");
    }

    @Test
    void lossesSumToOneApartFromRounding() {
        assertThat(new Losses(0.1, 0.2, 0.7, 0, 0, 0).promise()).isEqualTo(0.7);
        assertThat(new Losses(0, 1 + 1e-9, 0, 0, 0, -1e-16).quality()).isZero();
        assertThatThrownBy(() -> new Losses(0.5, 0.25, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Losses(1, 0.25, 0, -0.25, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Losses(Double.NaN, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void effortIsInTheOrderOfItsDrivers() {
        Effort effort = Effort.of(1, 2, 3, 4, 5, 6, 7);
        for (EffortDriver driver : EffortDriver.values()) {
            assertThat(effort.units(driver)).isEqualTo(driver.ordinal() + 1);
        }
        assertThat(effort.total()).isEqualTo(28);
        assertThat(effort.plus(Effort.of(0, 0, 0, 0, 0, 0, 2)).units(EffortDriver.ABANDONMENT))
                .isEqualTo(9);
        assertThat(effort.units(EffortDriver.ABANDONMENT)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void effortRejectsUnitsOutOfRange(double units) {
        assertThatThrownBy(() -> Effort.of(0, 0, units, 0, 0, 0, 0))
                .hasMessage("effort TRANSFER is " + units + ": expected a finite number of at least 0");
    }

    @Test
    void explanationIsIndependentOfTheArray() {
        double[] points = {1, 2};
        Explanation explanation = Explanation.of(List.of("a", "b"), points);
        points[0] = 5;
        assertThat(explanation.part("a")).isEqualTo(1);
        assertThat(explanation.sum()).isEqualTo(3);
    }

    @Test
    void explanationRejectsPartsWithoutNameOrValue() {
        assertThatThrownBy(() -> Explanation.of(List.of("a"), 1, 2))
                .hasMessage("1 names and 2 parts: expected one part per name");
        assertThatThrownBy(() -> Explanation.of(List.of("a", "b"), 1, Double.NaN))
                .hasMessage("part b is NaN: expected a finite number");
    }

    @Test
    void scoreMayBeAHairOutsideItsInterval() {
        assertThat(Score.of(50, new Interval(50 + 1e-10, 60), 1, Explanation.NONE)
                        .value())
                .isEqualTo(50);
        assertThat(Score.of(60 + 1e-10, new Interval(50, 60), 1, Explanation.NONE)
                        .isPresent())
                .isTrue();
        assertThatThrownBy(() -> Score.of(60.1, new Interval(50, 60), 1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(50, new Interval(50, 101), 1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(50, new Interval(50, 60), 0, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
