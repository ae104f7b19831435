package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** What flawless events would make of a score. */
class FlawlessEventsProperties {

    private static final ScoreModel MODEL = ScoreModel.STANDARD;
    private static final long HOUR_MS = 3_600_000;

    private static Assessment event(long timeMs, double weight, double quality) {
        return Assessment.of(
                Assessment.Kind.EVENT,
                timeMs,
                timeMs,
                1,
                weight,
                new Losses(quality, 1 - quality, 0, 0, 0, 0),
                Effort.NONE,
                null,
                Double.NaN);
    }

    @Property
    void scoreAfterFlawlessEventsIsWhatItWillBe(
            @ForAll @NotEmpty @Size(max = 20) List<@DoubleRange(max = 1) Double> qualities,
            @ForAll @DoubleRange(min = 0.1, max = 10) double weight,
            @ForAll @IntRange(max = 30) int flawless) {
        Scorer scorer = new Scorer(MODEL);
        Evidence evidence = new Evidence(HalfLife.of(MODEL, ModelConstant.CUSTOMER_HALF_LIFE));
        long nowMs = HOUR_MS;
        for (double quality : qualities) {
            evidence.add(event(nowMs, weight, quality));
            nowMs += HOUR_MS;
        }
        double expected = scorer.experienceAfter(evidence.at(nowMs)).applyAsDouble(flawless);
        for (int i = 0; i < flawless; i++) {
            evidence.add(event(nowMs, 1, 1));
        }
        assertThat(expected).isCloseTo(scorer.experience(evidence.at(nowMs)).value(), within(1e-9));
    }

    @Example
    void withoutAScoreThereIsNone() {
        assertThat(CustomerExperience.unknown().experienceAfter(3)).isEmpty();
        assertThatThrownBy(() -> CustomerExperience.unknown().experienceAfter(-1))
                .hasMessage("flawlessEvents is -1; it must be at least 0");
    }
}
