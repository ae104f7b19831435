package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.AssessmentListener;
import dev.touchstone.CustomerExperience;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Kind;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user's unit tests of code that takes results, without an engine. */
class ResultsTest {

    /** The code under test: a controller and a listener. */
    private static boolean offersHelp(CustomerExperience customer) {
        return customer.effort().isClearlyAbove(70);
    }

    private static final class Alarm implements AssessmentListener {

        private final List<String> raised = new ArrayList<>();

        @Override
        public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
            if (assessment.quality() < 0.5) {
                raised.add(touchpoint.name());
            }
        }
    }

    @Test
    void controllerOffersHelpIfEffortIsClearlyHigh() {
        assertThat(offersHelp(CustomerExperience.of(Score.absent(), Score.of(80, 75, 85, 12))))
                .isTrue();
        assertThat(offersHelp(CustomerExperience.of(Score.absent(), Score.of(80, 60, 90, 2))))
                .isFalse();
        assertThat(offersHelp(CustomerExperience.unknown())).isFalse();
    }

    @Test
    void listenerReceivesAnAssessment() {
        Catalog catalog = Catalog.builder().touchpoint("pay", pay -> {}).build();
        TouchpointDefinition pay = catalog.touchpoint("pay").orElseThrow();
        Alarm alarm = new Alarm();
        alarm.assessed(
                TouchpointEvent.builder("pay").build(),
                pay,
                Assessment.of(Kind.EVENT, 0, Map.of(LossDriver.OUTCOME, 0.7), Effort.NONE, Verdict.MISSED));
        alarm.assessed(
                TouchpointEvent.builder("pay").build(),
                pay,
                Assessment.of(Kind.EVENT, 0, Map.of(), Effort.NONE, Verdict.MET));
        assertThat(alarm.raised).containsExactly("pay");
    }

    @Test
    void assessmentLossesAndQualitySumToOne() {
        Assessment assessment = Assessment.of(
                Kind.EVENT,
                1234,
                Map.of(LossDriver.OUTCOME, 0.7, LossDriver.PACE, 0.2, LossDriver.EFFORT, 0.1),
                Effort.of(Map.of(EffortDriver.RETRY, 2.0)),
                Verdict.MISSED);
        assertThat(assessment.quality()).isCloseTo(0, within(1e-12)).isNotNegative();
        assertThat(assessment.loss(LossDriver.PACE)).isEqualTo(0.2);
        assertThat(assessment.loss(LossDriver.PROMISE)).isZero();
        assertThat(assessment.timeMs()).isEqualTo(1234);
        assertThat(assessment.tasks()).isEqualTo(1);
        assertThat(assessment.weight()).isEqualTo(1);
        assertThat(assessment.verdict()).contains(Verdict.MISSED);
        assertThat(assessment.effort().units(EffortDriver.RETRY)).isEqualTo(2);
        assertThat(assessment.effort().total()).isEqualTo(2);
        assertThat(Assessment.of(Kind.FEEDBACK, 0, Map.of(LossDriver.FEEDBACK, 0.25), Effort.NONE, null)
                        .tasks())
                .isZero();
    }

    @Test
    void assessmentRejectsLossesOutOfRangeAndAVerdictOnFeedback() {
        assertThatThrownBy(() -> assessment(Map.of(LossDriver.OUTCOME, 0.7, LossDriver.PACE, 0.4)))
                .hasMessageContaining("expected 0 to 1 each, and a sum of 0 to 1");
        assertThatThrownBy(() -> assessment(Map.of(LossDriver.OUTCOME, -0.1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assessment(Map.of(LossDriver.OUTCOME, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Assessment.of(Kind.FEEDBACK, 0, Map.of(), Effort.NONE, Verdict.MET))
                .hasMessage("verdict MET: feedback must have none");
    }

    private static Assessment assessment(Map<LossDriver, Double> losses) {
        return Assessment.of(Kind.EVENT, 0, losses, Effort.NONE, Verdict.MET);
    }

    @Test
    void scoreHasItsIntervalEvidenceAndExplanation() {
        Score score = Score.of(69, 33, 90.5, 2, Explanation.of(Map.of("outcome", 31.0)));
        assertThat(score).hasToString("69.00 [33.00, 90.50] evidence 2.00");
        assertThat(score.explanation().part("outcome")).isEqualTo(31);
        assertThat(score.explanation().sum()).isEqualTo(31);
        assertThat(Score.of(69, 33, 90, 2).explanation().parts()).isEmpty();
        assertThat(Score.of(69, 33, 90, 0.5).isStale()).isTrue();
    }

    @Test
    void scoreRejectsNumbersOutOfRange() {
        assertThatThrownBy(() -> Score.of(69, 70, 90, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score 69.0 [70.0, 90.0]: expected 0 <= low <= value <= high <= 100");
        assertThatThrownBy(() -> Score.of(69, 33, 101, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(69, -1, 90, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(95, 33, 90, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(Double.NaN, 33, 90, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Score.of(69, 33, 90, 0))
                .hasMessage("evidence 0.0: expected a finite number greater than 0");
        assertThatThrownBy(() -> Score.of(69, 33, 90, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partsAndUnitsRejectNumbersOutOfRange() {
        assertThatThrownBy(() -> Explanation.of(Map.of("pace", Double.NaN)))
                .hasMessage("part pace is NaN: expected a finite number");
        assertThatThrownBy(() -> Effort.of(Map.of(EffortDriver.RETRY, -1.0)))
                .hasMessage("effort RETRY is -1.0: expected a finite number of at least 0");
    }
}
