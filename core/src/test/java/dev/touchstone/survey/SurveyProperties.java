package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Feedback;
import dev.touchstone.scoring.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
            Answers.Groups a = actual.index(name).orElseThrow().groups();
            Answers.Groups e = expected.index(name).orElseThrow().groups();
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
    void noIntervalIsAPoint(@ForAll("feedback") @Size(min = 1, max = 40) List<Feedback> feedback) {
        Answers answers = fold(feedback);
        Stream.of(
                        answers.nps().result(),
                        answers.csat().result(),
                        answers.csat().mean(),
                        answers.ces1().result(),
                        answers.ces2().result(),
                        answers.ces2().mean(),
                        answers.nps().minus(answers.nps()).map(SurveyProperties::asResult),
                        answers.csat().minus(answers.csat()).map(SurveyProperties::asResult),
                        answers.ces1().minus(answers.ces1()).map(SurveyProperties::asResult),
                        answers.ces1().against(3, OptionalLong.empty()).map(SurveyProperties::asResult))
                .flatMap(Optional::stream)
                .map(SurveyResult::interval)
                .forEach(interval -> assertThat(interval.high()).isGreaterThan(interval.low()));
    }

    private static SurveyResult asResult(SurveyResult.Difference difference) {
        return SurveyResult.of(difference.value(), difference.interval(), 1);
    }

    @Property
    void moreAnswersOfTheSameKindNarrowTheInterval(@ForAll @IntRange(min = 1, max = 5) int answer) {
        double width = Double.POSITIVE_INFINITY;
        for (long n = 3; n < 10_000; n *= 3) {
            long[] counts = new long[5];
            counts[answer - 1] = n;
            Interval interval = Ces1.ofCounts(counts).result().orElseThrow().interval();
            assertThat(interval.high() - interval.low()).isLessThan(width);
            width = interval.high() - interval.low();
        }
        assertThat(width).isLessThan(0.01);
    }

    @Property
    void aDifferenceIsSignificantExactlyIfItsIntervalLeavesOutNothing(
            @ForAll @DoubleRange(min = -100, max = 100) double value,
            @ForAll @DoubleRange(min = 0.01, max = 1e4) double variance,
            @ForAll @DoubleRange(min = 1, max = 1e5) double freedom) {
        for (Estimate estimate :
                List.of(Estimate.normal(value, value, variance), new Estimate(value, value, variance, freedom))) {
            SurveyResult.Difference difference = SurveyResult.Difference.of(estimate, Estimate.exact(0), 200);
            boolean leavesOut =
                    difference.interval().low() > 0 || difference.interval().high() < 0;
            double p = difference.test().p();
            assertThat(p).isBetween(0.0, 1.0);
            if (Math.abs(p - 0.05) > 1e-5) { // 1.96 is not exactly the quantile of 5 %
                assertThat(leavesOut).isEqualTo(p < 0.05);
            }
        }
    }

    @Property
    void exchangingTheTwoTurnsADifferenceAround(
            @ForAll("feedback") @Size(min = 1, max = 20) List<Feedback> one,
            @ForAll("feedback") @Size(min = 1, max = 20) List<Feedback> two) {
        Answers first = fold(one);
        Answers second = fold(two);
        assertOpposite(first.nps().minus(second.nps()), second.nps().minus(first.nps()));
        assertOpposite(first.csat().minus(second.csat()), second.csat().minus(first.csat()));
        assertOpposite(first.ces1().minus(second.ces1()), second.ces1().minus(first.ces1()));
    }

    private static void assertOpposite(
            Optional<SurveyResult.Difference> forward, Optional<SurveyResult.Difference> back) {
        assertThat(forward.isPresent()).isEqualTo(back.isPresent());
        forward.ifPresent(difference -> {
            SurveyResult.Difference other = back.orElseThrow();
            assertThat(difference.value()).isCloseTo(-other.value(), within(1e-9));
            assertThat(difference.interval().low()).isCloseTo(-other.interval().high(), within(1e-9));
            assertThat(difference.test().p()).isCloseTo(other.test().p(), within(1e-9));
        });
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
