package dev.touchstone.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UndecayedTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");

    @Test
    void evidenceOfAYearAgoCountsAsMuchAsThatOfToday() {
        ScoreModel model = ScoreModel.STANDARD.derive("undecayed").undecayed().build();
        try (Touchstone touchstone = touchstone(model)) {
            fail(touchstone);
            Score first = touchstone.customer(ADA).experience();
            clock.advance(Duration.ofDays(100));

            assertThat(touchstone.customer(ADA).experience().value()).isEqualTo(first.value());
            assertThat(touchstone.scoreboard().overall().baseline().experience().evidence())
                    .isEqualTo(1);
            assertThat(touchstone.scoreboard().overall().now().experience().isPresent())
                    .isFalse();
        }
        try (Touchstone touchstone = touchstone(ScoreModel.STANDARD)) {
            fail(touchstone);
            clock.advance(Duration.ofDays(100));
            assertThat(touchstone.scoreboard().overall().baseline().experience().evidence())
                    .isLessThan(0.001);
        }
    }

    @Test
    void onlyTheHalfLivesOfEvidenceMayBeInfinite() {
        ScoreModel.Builder builder = ScoreModel.STANDARD
                .derive("other")
                .set(ModelConstant.PACE_HALF_LIFE, Double.POSITIVE_INFINITY)
                .set(ModelConstant.BASELINE_HALF_LIFE, Double.NaN);

        assertThatThrownBy(builder::build)
                .hasMessageContaining("paceHalfLife is")
                .hasMessageContaining("baselineHalfLife is");
    }

    @Test
    void itIsAModelOfItsOwn() {
        ScoreModel model = ScoreModel.STANDARD.derive("a").undecayed().build();

        assertThat(model.derive("b").build().get(ModelConstant.BASELINE_HALF_LIFE))
                .isInfinite();
        assertThat(model.fingerprint())
                .isNotEqualTo(ScoreModel.STANDARD.derive("a").build().fingerprint());
    }

    private Touchstone touchstone(ScoreModel model) {
        return Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.model(model))
                .build();
    }

    private static void fail(Touchstone touchstone) {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(ADA)
                .outcome(Outcome.FAILURE)
                .build());
    }
}
