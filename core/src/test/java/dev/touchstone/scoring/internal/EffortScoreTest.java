package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Section 5: how units of effort become a score. */
class EffortScoreTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static String scoreOf(TouchpointEvent.Builder oneTask) {
        Trial trial = Trial.plain();
        trial.record(oneTask);
        assertThat(trial.effort().evidence()).isEqualTo(1);
        return HalfUp.format(trial.effort().value());
    }

    private static double curve(double unitsPerTask) {
        return 100 * (1 - Math.pow(2, -unitsPerTask / 3));
    }

    @Test
    void oneTaskScoresItsUnits() {
        assertThat(scoreOf(at("a"))).isEqualTo("0.00");
        assertThat(scoreOf(at("a").transfers(1))).isEqualTo("20.63");
        assertThat(scoreOf(at("a").excessSteps(9))).isEqualTo("26.80"); // 9 * 0.15 = 1.35
        assertThat(scoreOf(at("a").outcome(Outcome.ABANDONED))).isEqualTo("37.00");
        assertThat(scoreOf(at("a").transfers(3))).isEqualTo("50.00");
        assertThat(scoreOf(at("a").retries(12))).isEqualTo("75.00");
        assertThat(scoreOf(at("a").repeatedInformation(16))).isEqualTo("93.75");
    }

    @Test
    void theUnitsOfATaskAreSpreadOverItsTasks() {
        Trial trial = Trial.plain();
        trial.record(failureAt("a").transfers(2));
        trial.record(at("a").repeatedInformation(2)); // with 0.5 for the retry, and no task
        trial.record(at("b"));
        Score effort = trial.effort();
        assertThat(effort.evidence()).isEqualTo(2);
        assertThat(effort.value()).isCloseTo(curve(4.0 / 2), EXACT);
        double margin = 1.96 * Math.sqrt(2 * 2 + 2 * 2 + 1) / 2;
        assertThat(effort.interval().low()).isZero(); // 2 - 2.94 is below nothing
        assertThat(effort.interval().high()).isCloseTo(curve(2 + margin), EXACT);
        assertThat(effort.explanation().parts())
                .isEqualTo(Map.of(
                        "retry", 0.125,
                        "excessStep", 0.0,
                        "transfer", 0.5,
                        "channelSwitch", 0.0,
                        "repeatedInformation", 0.375,
                        "repeatContact", 0.0,
                        "abandonment", 0.0));
    }

    @Test
    void theLowerEndLeavesNothingOnlyWhenMuchIsKnown() {
        Trial trial = Trial.plain();
        for (int i = 0; i < 100; i++) {
            trial.record(at("a").transfers(1));
        }
        // a = 1, U2 = 100: 1.96 sqrt(101)/100 = 0.196977
        double margin = 1.96 * Math.sqrt(101) / 100;
        assertThat(trial.effort().value()).isCloseTo(curve(1), EXACT);
        assertThat(trial.effort().interval().low()).isCloseTo(curve(1 - margin), EXACT);
        assertThat(trial.effort().interval().high()).isCloseTo(curve(1 + margin), EXACT);
    }

    @Test
    void twelveTransfersInOneTaskAreExhaustingAndHardlyKnown() {
        Trial trial = Trial.plain();
        trial.record(at("a").transfers(12));
        assertThat(trial.effort()).hasToString("93.75 [0.00, 99.97] evidence 1.00");
    }

    @Test
    void unitsAgeLikeTheirTasks() {
        Trial trial = Trial.plain();
        trial.record(at("a").transfers(3));
        trial.clock("P30D");
        assertThat(trial.effort().value()).isCloseTo(50, EXACT);
        assertThat(trial.effort().evidence()).isCloseTo(0.5, EXACT);
        // U2 = (3/2)^2: a = 3, 1.96 sqrt(3.25)/0.5
        assertThat(trial.effort().interval().high()).isCloseTo(curve(3 + 1.96 * Math.sqrt(2.25 + 1) / 0.5), EXACT);
    }

    @Test
    void withoutAnyEffortThereAreNoShares() {
        Trial trial = Trial.plain();
        trial.record(at("a"));
        assertThat(trial.effort().explanation().parts())
                .hasSize(EffortDriver.values().length)
                .allSatisfy((driver, share) -> assertThat(share).isZero());
    }

    @Test
    void withoutATaskThereIsNoEffortScore() {
        Trial trial = Trial.plain();
        trial.record(at("a").feedback(Feedback.nps(3)));
        assertThat(trial.experience().isPresent()).isTrue();
        assertThat(trial.effort().isPresent()).isFalse();
    }

    @Test
    void tooLittleOfATaskIsNoneAndTooLittleEffortHasNoShares() {
        ScoreModel.Builder fast = Trial.model().set(ModelConstant.CUSTOMER_HALF_LIFE, 60_000);
        Trial trial = Trial.under(fast);
        trial.record(at("a").excessSteps(1)); // 0.15 units
        trial.clock("PT17M"); // 0.15 * 2^-17 is more than 2^-20
        assertThat(trial.effort().explanation().part("excessStep")).isEqualTo(1);
        trial.clock("PT18M");
        assertThat(trial.effort().isPresent()).isTrue();
        assertThat(trial.effort().explanation().part("excessStep")).isZero();
        trial.clock("PT20M"); // exactly 2^-20
        assertThat(trial.effort().isPresent()).isTrue();
        trial.clock("PT20M0.001S");
        assertThat(trial.effort().isPresent()).isFalse();
    }
}
