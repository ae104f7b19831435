package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Feedback;
import dev.touchstone.scoring.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of counts that merge and of intervals. */
class SurveyProperties {

    private static final int SAMPLES = 4_000;
    private static final int N = 200;

    @Property
    void anyOrderAndGroupingOfAnswersIsTheSame(
            @ForAll("feedback") @Size(max = 40) List<Feedback> feedback, @ForAll Random random, @ForAll int split) {
        Answers inOrder = fold(feedback);
        List<Feedback> shuffled = new ArrayList<>(feedback);
        Collections.shuffle(shuffled, random);
        int cut = Math.floorMod(split, shuffled.size() + 1);
        Answers left = fold(shuffled.subList(0, cut));
        Answers right = fold(shuffled.subList(cut, shuffled.size()));
        assertSame(left.plus(right), inOrder);
        assertThat(left.plus(right)).isEqualTo(right.plus(left));
        assertThat(inOrder.plus(Answers.NONE)).isEqualTo(inOrder);
    }

    private static Answers fold(List<Feedback> feedback) {
        Answers answers = Answers.NONE;
        for (Feedback one : feedback) {
            answers = answers.plus(one);
        }
        return answers;
    }

    private static void assertSame(Answers actual, Answers expected) {
        for (String name : List.of("nps", "csat", "ces1", "ces2")) {
            AnswerGroups a = actual.index(name).orElseThrow().groups();
            AnswerGroups e = expected.index(name).orElseThrow().groups();
            assertThat(List.of(a.favorable(), a.neutral(), a.unfavorable()))
                    .isEqualTo(List.of(e.favorable(), e.neutral(), e.unfavorable()));
            assertThat(a.sum()).isCloseTo(e.sum(), within(1e-9));
            assertThat(a.squares()).isCloseTo(e.squares(), within(1e-9));
        }
    }

    @Property
    void everyResultLiesInItsScaleAndInItsInterval(@ForAll("feedback") @Size(max = 40) List<Feedback> feedback) {
        Answers answers = fold(feedback);
        assertWithin(answers.nps().result().stream(), -100, 100);
        assertWithin(answers.csat().result().stream(), 0, 100);
        assertWithin(answers.csat().mean().stream(), 1, 5);
        assertWithin(answers.ces1().result().stream(), 1, 5);
        assertWithin(answers.ces2().result().stream(), 0, 100);
        assertWithin(answers.ces2().mean().stream(), 1, 7);
    }

    private static void assertWithin(Stream<SurveyResult> results, double min, double max) {
        results.forEach(result -> {
            assertThat(result.value()).isBetween(min, max);
            assertThat(result.interval().low()).isBetween(min, result.value());
            assertThat(result.interval().high()).isBetween(result.value(), max);
        });
    }

    @Property
    void aDifferenceIsSignificantExactlyIfItsIntervalLeavesOutNothing(
            @ForAll @DoubleRange(min = -100, max = 100) double value,
            @ForAll @DoubleRange(min = 0, max = 1e4) double variance) {
        Difference difference = Difference.of(value, variance);
        boolean leavesOut =
                difference.interval().low() > 0 || difference.interval().high() < 0;
        difference.test().ifPresent(test -> {
            assertThat(leavesOut).isEqualTo(Math.abs(test.z()) > Interval.Z);
            assertThat(test.p()).isBetween(0.0, 1.0);
        });
    }

    @Property(tries = 12)
    void wilsonsIntervalContainsTheTruthInNineteenOfTwenty(
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double share, @ForAll long seed) {
        Random random = new Random(seed);
        int inside = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long satisfied = random.doubles(N).filter(x -> x < share).count();
            Interval interval = Csat.ofCounts(N - satisfied, 0, 0, 0, satisfied)
                    .result()
                    .orElseThrow()
                    .interval();
            inside += contains(interval, 100 * share) ? 1 : 0;
        }
        assertThat((double) inside / SAMPLES).isBetween(0.93, 0.97);
    }

    @Property(tries = 12)
    void theIntervalOfANetPromoterScoreContainsTheTruthInNineteenOfTwenty(
            @ForAll @DoubleRange(min = 0.15, max = 0.6) double promoters,
            @ForAll @IntRange(min = 3, max = 9) int tenths,
            @ForAll long seed) {
        Random random = new Random(seed);
        double detractors = (1 - promoters) * tenths / 10;
        int inside = 0;
        for (int i = 0; i < SAMPLES; i++) {
            int favorable = 0;
            int unfavorable = 0;
            for (int j = 0; j < N; j++) {
                double x = random.nextDouble();
                favorable += x < promoters ? 1 : 0;
                unfavorable += x >= 1 - detractors ? 1 : 0;
            }
            Interval interval = Nps.of(favorable, N - favorable - unfavorable, unfavorable)
                    .result()
                    .orElseThrow()
                    .interval();
            inside += contains(interval, 100 * (promoters - detractors)) ? 1 : 0;
        }
        assertThat((double) inside / SAMPLES).isBetween(0.93, 0.97);
    }

    private static boolean contains(Interval interval, double value) {
        return interval.low() <= value && value <= interval.high();
    }

    @Provide
    Arbitrary<List<Feedback>> feedback() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 10).map(Feedback::nps),
                        Arbitraries.doubles().between(0, 10).map(Feedback::nps),
                        Arbitraries.integers().between(1, 5).map(Feedback::csat),
                        Arbitraries.doubles().between(1, 5).map(Feedback::ces1),
                        Arbitraries.integers().between(1, 7).map(Feedback::ces2),
                        Combinators.combine(Arbitraries.doubles().between(-1, 1), Arbitraries.of(true, false))
                                .as((s, own) -> own ? Feedback.sentiment(s) : Feedback.rating(s, -1, 1)))
                .list();
    }
}
