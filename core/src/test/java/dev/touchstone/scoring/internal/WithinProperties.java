package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.ModelConstant;
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

/** What is said of scores without computing their decay holds whatever the decay, under any model. */
class WithinProperties {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long NOW = 1_772_359_200_000L;

    private static Evidence evidence(Random random, int events, double worst, double laborious) {
        Evidence evidence = new Evidence(HalfLife.ofMillis(30.0 * DAY));
        for (int i = 0; i < events; i++) {
            double quality = 1 - worst * random.nextDouble();
            long timeMs = NOW - random.nextInt(90) * DAY;
            Effort effort = random.nextDouble() < laborious
                    ? Effort.of(Map.of(EffortDriver.TRANSFER, 20 * random.nextDouble()))
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
        return evidence;
    }

    @Property
    void scoresThatAreWithinBoundsAreSoAtAnyTime(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int events,
            @ForAll @DoubleRange(min = 0, max = 1) double worst,
            @ForAll @DoubleRange(min = 0, max = 1) double laborious,
            @ForAll @DoubleRange(min = 0.3, max = 1) double priorMean,
            @ForAll @IntRange(min = 0, max = 400) int laterDays) {
        ScoreModel model = ScoreModel.STANDARD
                .derive("other")
                .set(ModelConstant.PRIOR_MEAN, priorMean)
                .set(ModelConstant.PRIOR_EVENTS, 1 + random.nextInt(60))
                .build();
        Scorer scorer = new Scorer(model);
        Evidence evidence = evidence(random, events, worst, laborious);
        boolean within = scorer.isWithin(evidence, 60, scorer.unitsPerTask(70));
        boolean reaches = scorer.mayReach(evidence, 85);
        Evidence.Reading reading = evidence.at(NOW + laterDays * DAY);
        Score experience = scorer.experience(reading);
        Score effort = scorer.effort(reading);
        if (within) {
            assertThat(experience.value()).isGreaterThanOrEqualTo(60);
            assertThat(effort.value()).isLessThan(70);
        } else if (experience.value() >= 60) {
            Statistics.label("effort decides").collect(effort.value() >= 70);
        }
        if (!reaches) {
            assertThat(experience.interval().low()).isLessThan(85);
        } else {
            Statistics.label("reaches").collect(experience.interval().low() >= 85);
        }
        Statistics.label("within").collect(within);
        Statistics.label("within").coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
        Statistics.label("within").coverage(coverage -> coverage.check(false).percentage(share -> share > 10));
        Statistics.label("reaches").coverage(coverage -> coverage.check(true).count(count -> count > 10));
        Statistics.label("effort decides")
                .coverage(coverage -> coverage.check(true).count(count -> count > 10));
    }
}
