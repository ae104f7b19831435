package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What is said of scores without computing their decay holds whatever the decay. */
class WithinProperties {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long NOW = 1_772_359_200_000L;
    private static final Scorer SCORER = new Scorer(ScoreModel.STANDARD);

    @Property
    void scoresThatAreWithinBoundsAreSoAtAnyTime(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int events,
            @ForAll @DoubleRange(min = 0, max = 1) double worst,
            @ForAll @IntRange(min = 0, max = 400) int laterDays) {
        Evidence evidence = new Evidence(HalfLife.ofMillis(30.0 * DAY));
        for (int i = 0; i < events; i++) {
            double quality = 1 - worst * random.nextDouble();
            long timeMs = NOW - random.nextInt(90) * DAY;
            Effort effort = random.nextInt(4) == 0
                    ? Effort.of(Map.of(EffortDriver.TRANSFER, 8 * worst * random.nextDouble()))
                    : Effort.NONE;
            evidence.addForCustomer(Assessment.of(
                    Assessment.Kind.EVENT,
                    timeMs,
                    timeMs,
                    1,
                    1 + random.nextInt(3),
                    new Losses(quality, 1 - quality, 0, 0, 0, 0),
                    effort,
                    null,
                    Double.NaN));
        }
        boolean within = SCORER.isWithin(evidence, 60, 70);
        boolean reaches = SCORER.mayReach(evidence, 85);
        Statistics.label("within").collect(within);
        Statistics.label("reaches").collect(reaches);
        Evidence.Reading reading = evidence.at(NOW + laterDays * DAY);
        Score experience = SCORER.experience(reading);
        if (within) {
            assertThat(experience.value()).isGreaterThanOrEqualTo(60);
            assertThat(SCORER.effort(reading).value()).isLessThan(70);
        }
        if (!reaches) {
            assertThat(experience.interval().low()).isLessThan(85);
        } else if (SCORER.experience(evidence.at(NOW)).interval().low() >= 85) {
            Statistics.label("reached").collect(true);
        }
        Statistics.label("within").coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
        Statistics.label("within").coverage(coverage -> coverage.check(false).percentage(share -> share > 5));
        Statistics.label("reaches").coverage(coverage -> coverage.check(false).percentage(share -> share > 5));
        Statistics.label("reached").coverage(coverage -> coverage.check(true).count(count -> count > 1));
    }
}
