package dev.touchstone.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulated experiments, looked at after every 100 events: how many raise an alarm though the values are alike, and after how
 * many events a true drop is found. {@code -Dcomparison.experiments=10000} runs the full number.
 */
class FalseAlarmTest {

    private static final int EXPERIMENTS = Integer.getInteger("comparison.experiments", 500);
    private static final int EVENTS = 10_000;
    private static final int LOOK = 100;
    private static final double MOST = 0.05;
    // none within the events of an experiment
    private static final int NEVER = Integer.MAX_VALUE;

    /** Qualities and how often each occurs. */
    private static final class Qualities {

        private static final Qualities USUAL =
                new Qualities("usual", new double[] {0.04, 0.10, 0.16, 0.30, 0.40}, 0, 0.5, 0.8, 0.95, 1);

        private final String name;
        private final double[] shares;
        private final double[] values;

        Qualities(String name, double[] shares, double... values) {
            this.name = name;
            this.shares = shares;
            this.values = values;
        }

        Assessment[] assessments() {
            return Arrays.stream(values).mapToObj(Events::of).toArray(Assessment[]::new);
        }

        int draw(SplittableRandom random) {
            double left = random.nextDouble();
            for (int i = 0; i < shares.length - 1; i++) {
                left -= shares[i];
                if (left < 0) {
                    return i;
                }
            }
            return shares.length - 1;
        }

        /** Returns qualities whose mean is lower, since more events fail instead of succeeding in full. */
        Qualities lower(double drop) {
            double[] worse = shares.clone();
            worse[0] += drop;
            worse[worse.length - 1] -= drop;
            return new Qualities(name + " less " + drop, worse, values);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> experiments() {
        List<Arguments> all = new ArrayList<>();
        for (Qualities qualities : List.of(
                Qualities.USUAL,
                new Qualities("5 % failures", new double[] {0.05, 0.95}, 0, 1),
                new Qualities("1 % failures", new double[] {0.01, 0.99}, 0, 1),
                new Qualities("0.3 % failures", new double[] {0.003, 0.997}, 0, 1),
                new Qualities("half failures", new double[] {0.5, 0.5}, 0, 1))) {
            for (double share : new double[] {0.5, 0.1, 0.02}) {
                all.add(Arguments.of(qualities, share));
            }
        }
        return all.stream();
    }

    /** @param share the share of the events that have the newer value */
    @ParameterizedTest(name = "{0}, {1} of the events")
    @MethodSource("experiments")
    void valuesThatAreAlikeRaiseFewAlarms(Qualities qualities, double share) {
        SplittableRandom random = new SplittableRandom(1);
        int alarms = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            alarms += alarmedAfter(qualities, qualities, share, random) == NEVER ? 0 : 1;
        }
        assertThat((double) alarms / EXPERIMENTS)
                .as("share of false alarms in " + EXPERIMENTS + " experiments")
                .isLessThanOrEqualTo(MOST);
    }

    @Test
    void dropOfFivePointsIsFound() {
        SplittableRandom random = new SplittableRandom(2);
        int[] after = new int[Math.min(EXPERIMENTS, 1_000)];
        for (int i = 0; i < after.length; i++) {
            after[i] = alarmedAfter(Qualities.USUAL, Qualities.USUAL.lower(0.05), 0.5, random);
        }
        Arrays.sort(after);
        assertThat(after[after.length / 2])
                .as("events of half of the experiments")
                .isLessThan(2_500);
        assertThat(after[after.length * 95 / 100]).as("events of 95 % of them").isLessThan(5_000);
    }

    private static int alarmedAfter(Qualities old, Qualities fresh, double share, SplittableRandom random) {
        Assessment[] assessments = old.assessments();
        VariantSums reference = new VariantSums();
        VariantSums value = new VariantSums();
        for (int event = 1; event <= EVENTS; event++) {
            boolean isFresh = random.nextDouble() < share;
            int drawn = (isFresh ? fresh : old).draw(random);
            (isFresh ? value : reference).add(assessments[drawn], drawn == 0);
            if (event % LOOK == 0) {
                Interval difference = ConfidenceSequence.difference(value, reference);
                if (difference != null && (difference.low() > 0 || difference.high() < 0)) {
                    return event;
                }
            }
        }
        return NEVER;
    }
}
