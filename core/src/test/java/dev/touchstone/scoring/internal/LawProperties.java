package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** The laws of section 9 that are about evidence and scores; {@link EngineLawProperties} has the others. */
class LawProperties {

    private static final double LAW = 1e-9;
    private static final long NOW = 1_772_359_200_000L;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;
    private static final Scorer STANDARD = new Scorer(ScoreModel.STANDARD);
    private static final EffortSizes SIZES = new EffortSizes(ScoreModel.STANDARD);
    private static final HalfLife CUSTOMER = HalfLife.ofMillis(30.0 * DAY);

    /** The least and the greatest weight that models and catalogs allow; beyond lies only what arithmetic allows. */
    private static final double LEAST_WEIGHT = 1e-5;

    private static final double GREATEST_WEIGHT = 1e5;
    private static final double HUGE_WEIGHT = 1e140;

    /** What is judged, from which assessments that differ in one respect are made. */
    private record Judged(
            Assessment.Kind kind,
            long timeMs,
            long taskTimeMs,
            int tasks,
            double weight,
            Losses losses,
            Effort effort) {

        Assessment assessment() {
            return Assessment.of(kind, timeMs, taskTimeMs, tasks, weight, losses, effort, null, Double.NaN);
        }

        Judged with(Losses others) {
            return new Judged(kind, timeMs, taskTimeMs, tasks, weight, others, effort);
        }

        Judged with(Effort other) {
            return new Judged(kind, timeMs, taskTimeMs, tasks, weight, losses, other);
        }

        Judged weighing(double other) {
            return new Judged(kind, timeMs, taskTimeMs, tasks, other, losses, effort);
        }
    }

    private static Evidence evidence(HalfLife halfLife, Iterable<Judged> judged) {
        Evidence evidence = new Evidence(halfLife);
        judged.forEach(each -> evidence.addForCustomer(each.assessment()));
        return evidence;
    }

    private static double sampleSize(Evidence evidence, long nowMs) {
        Evidence.Reading reading = evidence.at(nowMs);
        return reading.events() == 0 ? 0 : Math.min(reading.events(), reading.equallyWeighted());
    }

    // L1, L6 and L12

    @Property(tries = 500)
    void scoresAreNumbersInTheirRangesAndExplained(
            @ForAll("anyJudged") List<Judged> judged,
            @ForAll("halfLives") HalfLife halfLife,
            @ForAll("models") ScoreModel model,
            @ForAll("anyTimes") long nowMs) {
        Scorer scorer = new Scorer(model);
        Evidence forCustomer = evidence(halfLife, judged);
        isLawful(scorer.experience(forCustomer.at(nowMs)));
        isLawfulEffort(scorer.effort(forCustomer.at(nowMs)));
        Evidence baseline = new Evidence(halfLife);
        Evidence now = new Evidence(HalfLife.ofMillis(60_000));
        judged.forEach(each -> {
            baseline.add(each.assessment());
            now.add(each.assessment());
        });
        isLawful(scorer.experience(now.at(nowMs), scorer.experience(baseline.at(nowMs))));
        isLawfulEffort(scorer.effort(now.at(nowMs)));
    }

    private static void isLawful(Score score) {
        if (!score.isPresent()) {
            assertThat(score.explanation().parts()).isEmpty();
            return;
        }
        isInRange(score);
        assertThat(score.value() + score.explanation().sum()).isCloseTo(100, within(LAW));
        score.explanation()
                .parts()
                .forEach((driver, part) -> assertThat(part).as(driver).isBetween(-LAW, 100 + LAW));
    }

    private static void isLawfulEffort(Score score) {
        if (!score.isPresent()) {
            return;
        }
        isInRange(score);
        double shares = score.explanation().sum();
        if (shares != 0) {
            assertThat(shares).isCloseTo(1, within(LAW));
        }
        score.explanation()
                .parts()
                .forEach((driver, part) -> assertThat(part).as(driver).isBetween(0.0, 1.0));
    }

    private static void isInRange(Score score) {
        assertThat(score.value()).isBetween(0.0, 100.0);
        assertThat(score.interval().low()).isBetween(0.0, score.value());
        assertThat(score.interval().high()).isBetween(score.value(), 100.0);
        assertThat(score.evidence()).isFinite().isGreaterThanOrEqualTo(0x1p-20);
    }

    @Property(tries = 500)
    void aNumberOfAnySizeIsAShareInItsInterval(
            @ForAll @Scale(12) @DoubleRange(min = 0, max = 1) double share,
            @ForAll @DoubleRange(min = 0, max = 1e300) double cases) {
        Interval interval = Interval.wilson(share, cases);
        assertThat(interval.low()).isBetween(0.0, share);
        assertThat(interval.high()).isBetween(share, 1.0);
    }

    @Property(tries = 500)
    void anyEventBecomesAnAssessmentWhosePartsSumToOne(
            @ForAll("events") TouchpointEvent event,
            @ForAll("situations") Situation situation,
            @ForAll("paces") Pace.Reading pace,
            @ForAll("models") ScoreModel model,
            @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 10) double importance,
            @ForAll("milliseconds") double target) {
        TouchpointRules rules =
                new TouchpointRules("a", importance, target > 0 ? target : Double.NaN, true, null, false, false);
        isSound(new Assessor(model).assess(event, NOW, rules, situation, pace));
        event.feedback()
                .filter(feedback -> feedback.isValid() && !feedback.scale().isAboutEffort())
                .ifPresent(feedback -> isSound(new Assessor(model).assess(feedback, NOW, rules)));
    }

    private static void isSound(Assessment assessment) {
        double sum = assessment.quality();
        for (LossDriver driver : LossDriver.values()) {
            isShare(assessment.loss(driver));
            sum += assessment.loss(driver);
        }
        isShare(assessment.quality());
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(assessment.weight()).isPositive().isFinite();
        assertThat(assessment.effort().total()).isNotNegative().isFinite();
    }

    /** From 0 to 1, where a negative zero is one too. */
    private static void isShare(double value) {
        assertThat(value + 0.0).isBetween(0.0, 1.0);
    }

    @Property(tries = 500)
    void anyScaleOfItsOwnHasAPlaceForItsAnswers(@ForAll("threeDoubles") List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        Feedback feedback = Feedback.rating(sorted.get(1), sorted.get(0), sorted.get(2));
        Assume.that(feedback.isValid());
        isShare(feedback.position());
    }

    @Provide
    Arbitrary<List<Double>> threeDoubles() {
        Arbitrary<Double> ends =
                Arbitraries.of(0.0, 1.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE);
        return Arbitraries.frequencyOf(Tuple.of(5, ends), Tuple.of(1, anyDoubles()))
                .withoutEdgeCases()
                .list()
                .ofSize(3);
    }

    // L2

    @Property(tries = 500)
    void aBetterEventNeverLowersTheScore(
            @ForAll("recentJudged") List<Judged> others,
            @ForAll("recent") Judged event,
            @ForAll("losses") Losses one,
            @ForAll("losses") Losses other,
            @ForAll("readings") long nowMs) {
        boolean oneIsBetter = one.quality() >= other.quality();
        Score better = STANDARD.experience(
                withOneMore(others, event.with(oneIsBetter ? one : other)).at(nowMs));
        Score worse = STANDARD.experience(
                withOneMore(others, event.with(oneIsBetter ? other : one)).at(nowMs));
        assertThat(better.isPresent()).isEqualTo(worse.isPresent());
        if (better.isPresent()) {
            assertThat(better.value()).isGreaterThanOrEqualTo(worse.value() - LAW);
        }
    }

    private static Evidence withOneMore(List<Judged> others, Judged event) {
        return evidence(
                CUSTOMER, Stream.concat(others.stream(), Stream.of(event)).toList());
    }

    // L3; EngineLawProperties has it for what the engine has judged

    @Property(tries = 500)
    void anyPermutationAndPartitionMergesToTheSame(
            @ForAll("recentJudged") List<Judged> judged, @ForAll long seed, @ForAll("readings") long nowMs) {
        List<Assessment> assessments = judged.stream().map(Judged::assessment).toList();
        for (HalfLife halfLife : List.of(CUSTOMER, HalfLife.ofMillis(HOUR), HalfLife.NONE)) {
            Evidence inOrder = new Evidence(halfLife);
            assessments.forEach(inOrder::addForCustomer);
            Evidence merged = MergeTree.ofCustomer(assessments, halfLife, new Random(seed));
            assertThat(merged.count()).isEqualTo(inOrder.count());
            Same.score(STANDARD.experience(merged.at(nowMs)), STANDARD.experience(inOrder.at(nowMs)));
            Same.score(STANDARD.effort(merged.at(nowMs)), STANDARD.effort(inOrder.at(nowMs)));
        }
    }

    // L4

    @Property(tries = 500)
    void silencePullsTowardsThePriorAndMakesLessCertain(
            @ForAll("recentJudged") List<Judged> judged, @ForAll("readings") long one, @ForAll("readings") long other) {
        Evidence evidence = evidence(CUSTOMER, judged);
        long sooner = Math.min(one, other);
        long later = Math.max(one, other);
        Score before = STANDARD.experience(evidence.at(sooner));
        Score after = STANDARD.experience(evidence.at(later));
        assertThat(sampleSize(evidence, later)).isLessThanOrEqualTo(sampleSize(evidence, sooner) + LAW);
        assertThat(before.isPresent() || !after.isPresent()).isTrue();
        if (after.isPresent()) {
            assertThat(Math.abs(after.value() - 75)).isLessThanOrEqualTo(Math.abs(before.value() - 75) + LAW);
        }
    }

    @Property(tries = 500)
    void theLimitOfSilenceIsAlwaysTheSame(@ForAll("recentJudged") List<Judged> judged) {
        Assume.that(!judged.isEmpty());
        Evidence evidence = evidence(CUSTOMER, judged);
        // as late as there is a score at all
        long late = NOW;
        for (long step = 40 * YEAR; step > HOUR; step /= 2) {
            if (STANDARD.experience(evidence.at(late + step)).isPresent()) {
                late += step;
            }
        }
        Score limit = STANDARD.experience(evidence.at(late));
        if (limit.isPresent()) { // else even now it is too old
            assertThat(limit.value()).isCloseTo(75, within(1e-4));
            assertThat(HalfUp.format(limit.interval().low())).isEqualTo("33.60");
            assertThat(HalfUp.format(limit.interval().high())).isEqualTo("94.68");
        }
    }

    // L7

    @Property(tries = 500)
    void anEquallyWeighingEventNeverLowersTheSampleSize(
            @ForAll("recentJudged") List<Judged> judged,
            @ForAll("recent") Judged event,
            @ForAll("weights") double weight) {
        Evidence evidence = new Evidence(CUSTOMER);
        judged.forEach(each -> evidence.addForCustomer(each.weighing(weight).assessment()));
        double before = sampleSize(evidence, NOW);
        Judged now = new Judged(event.kind(), NOW, NOW, event.tasks(), weight, event.losses(), event.effort());
        evidence.addForCustomer(now.assessment());
        assertThat(sampleSize(evidence, NOW)).isGreaterThanOrEqualTo(before * (1 - 1e-12));
    }

    // L8

    @Property(tries = 500)
    void oneMoreUnitNeverLowersTheEffort(
            @ForAll("recentJudged") List<Judged> others,
            @ForAll("recent") Judged event,
            @ForAll @IntRange(max = 6) int driver,
            @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 100) double more,
            @ForAll("readings") long nowMs) {
        double[] counts = new double[7];
        counts[driver] = more;
        Effort added = SIZES.of(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
        Score less = STANDARD.effort(withOneMore(others, event).at(nowMs));
        Score greater = STANDARD.effort(
                withOneMore(others, event.with(event.effort().plus(added))).at(nowMs));
        assertThat(greater.isPresent()).isEqualTo(less.isPresent());
        if (less.isPresent()) {
            assertThat(greater.value()).isGreaterThanOrEqualTo(less.value() - LAW);
        }
    }

    // L9; EngineLawProperties has it for whole histories

    @Property(tries = 500)
    void shiftingAllTimesChangesNothing(
            @ForAll("recentJudged") List<Judged> judged, @ForAll("shifts") long shift, @ForAll("readings") long nowMs) {
        List<Judged> shifted = judged.stream()
                .map(each -> new Judged(
                        each.kind(),
                        each.timeMs() + shift,
                        each.taskTimeMs() + shift,
                        each.tasks(),
                        each.weight(),
                        each.losses(),
                        each.effort()))
                .toList();
        Evidence here = evidence(CUSTOMER, judged);
        Evidence there = evidence(CUSTOMER, shifted);
        Same.score(STANDARD.experience(there.at(nowMs + shift)), STANDARD.experience(here.at(nowMs)));
        Same.score(STANDARD.effort(there.at(nowMs + shift)), STANDARD.effort(here.at(nowMs)));
    }

    // L13; EngineLawProperties has it for catalogs

    @Property(tries = 500)
    void weightsAreRelative(
            @ForAll("recentJudged") List<Judged> judged,
            @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 1000) double factor,
            @ForAll("readings") long nowMs) {
        List<Judged> scaled = judged.stream()
                .map(each -> each.weighing(each.weight() * factor))
                .toList();
        Same.score(
                STANDARD.experience(evidence(CUSTOMER, scaled).at(nowMs)),
                STANDARD.experience(evidence(CUSTOMER, judged).at(nowMs)));
    }

    // what may be judged

    @Provide
    Arbitrary<List<Judged>> anyJudged() {
        return judged(anyTimes(), anyTimes(), anyWeights()).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Judged>> recentJudged() {
        return recent().list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<Judged> recent() {
        return judged(ages().map(age -> NOW - age), ages().map(age -> NOW - age), weights());
    }

    private static Arbitrary<Judged> judged(
            Arbitrary<Long> times, Arbitrary<Long> taskTimes, Arbitrary<Double> weights) {
        Arbitrary<Assessment.Kind> kinds = Arbitraries.of(
                Assessment.Kind.EVENT, Assessment.Kind.EVENT, Assessment.Kind.FEEDBACK, Assessment.Kind.ABANDONMENT);
        return Combinators.combine(
                        kinds, times, taskTimes.injectNull(0.5), Arbitraries.of(0, 1), weights, anyLosses(), efforts())
                .as((kind, time, taskTime, tasks, weight, losses, effort) ->
                        new Judged(kind, time, taskTime == null ? time : taskTime, tasks, weight, losses, effort))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Losses> losses() {
        return anyLosses();
    }

    private static Arbitrary<Losses> anyLosses() {
        Arbitrary<Double> factor = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(0.0, 1.0, 0.5, 0.25, Double.MIN_VALUE)), Tuple.of(2, doubles(0, 1)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(factor, factor, factor, factor).as(Waterfall::ofFactors)),
                Tuple.of(1, factor.map(Waterfall::ofFeedback)));
    }

    private static Arbitrary<Effort> efforts() {
        Arbitrary<Double> count =
                Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(0.0)), Tuple.of(1, doubles(0, 100)));
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Effort.NONE)),
                Tuple.of(
                        1,
                        count.list()
                                .ofSize(7)
                                .map(c -> SIZES.of(
                                        c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5), c.get(6)))));
    }

    /** With more decimals than the default of jqwik. */
    private static Arbitrary<Double> doubles(double min, double max) {
        return Arbitraries.doubles().between(min, max).ofScale(9);
    }

    private static Arbitrary<Long> ages() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(0L, 1L, HOUR, DAY, 30 * DAY, 400 * DAY)),
                Tuple.of(3, Arbitraries.longs().between(0, DAY)),
                Tuple.of(3, Arbitraries.longs().between(0, 400 * DAY)),
                Tuple.of(1, Arbitraries.longs().between(0, 3000 * YEAR)));
    }

    /** Instants at which scores are read, from the last event on. */
    @Provide
    Arbitrary<Long> readings() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0L)),
                        Tuple.of(3, Arbitraries.longs().between(0, DAY)),
                        Tuple.of(3, Arbitraries.longs().between(0, 2 * YEAR)),
                        Tuple.of(1, Arbitraries.longs().between(0, 5_000_000 * YEAR)))
                .map(later -> NOW + later);
    }

    @Provide
    Arbitrary<Long> anyTimes() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        2,
                        Arbitraries.of(
                                Long.MIN_VALUE,
                                Long.MIN_VALUE + 1,
                                Long.MIN_VALUE / 2,
                                -1L,
                                0L,
                                1L,
                                Long.MAX_VALUE / 4,
                                Long.MAX_VALUE - 1,
                                Long.MAX_VALUE)),
                Tuple.of(4, ages().map(age -> NOW - age)),
                Tuple.of(2, Arbitraries.longs().between(NOW, NOW + 400 * DAY)),
                Tuple.of(2, Arbitraries.longs()));
    }

    @Provide
    Arbitrary<Long> shifts() {
        return Arbitraries.longs().between(-5_000_000 * YEAR, 5_000_000 * YEAR);
    }

    @Provide
    Arbitrary<Double> weights() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(1.0, 1.5, 3.0, 0.1, 10.0, 45.0)),
                Tuple.of(2, doubles(0.1, 45)),
                Tuple.of(1, Arbitraries.of(LEAST_WEIGHT, GREATEST_WEIGHT)));
    }

    private static Arbitrary<Double> anyWeights() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, doubles(LEAST_WEIGHT, GREATEST_WEIGHT)),
                Tuple.of(1, Arbitraries.of(LEAST_WEIGHT, 1.0, GREATEST_WEIGHT, HUGE_WEIGHT)));
    }

    @Provide
    Arbitrary<HalfLife> halfLives() {
        return Arbitraries.of(
                HalfLife.NONE,
                HalfLife.ofMillis(60_000),
                HalfLife.ofMillis(HOUR),
                HalfLife.ofMillis(7.0 * DAY),
                CUSTOMER,
                HalfLife.ofMillis(4000.0 * DAY));
    }

    /** Models anywhere in the range that their constants may have, at its ends too. */
    @Provide
    Arbitrary<ScoreModel> models() {
        Arbitrary<List<Double>> places =
                Arbitraries.of(0.0, 0.0001, 0.01, 0.5, 1.0).list().ofSize(ModelConstant.values().length);
        return Combinators.combine(
                        places,
                        Arbitraries.of(0, 1, 2),
                        Arbitraries.of(ScoreModel.Curve.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ScoreModel.Expectation.class))
                .as((place, kind, curve, ease, expectation) -> {
                    ScoreModel.Builder model = ScoreModel.STANDARD
                            .derive("any")
                            .curve(curve)
                            .ease(ease)
                            .expectation(expectation);
                    for (ModelConstant constant : ModelConstant.values()) {
                        if (kind > 0 && !constant.key().startsWith("journey")) {
                            double share = place.get(constant.ordinal());
                            model.set(constant, constant.min() * (1 - share) + constant.max() * share);
                        }
                    }
                    return kind == 0 ? ScoreModel.STANDARD : model.build();
                })
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<TouchpointEvent> events() {
        return Combinators.combine(
                        Arbitraries.of(Outcome.class).injectNull(0.3),
                        milliseconds(),
                        milliseconds(),
                        anyDoubles().list().ofSize(4),
                        Combinators.combine(
                                        Arbitraries.of(Feedback.Scale.class), anyDoubles(), anyDoubles(), anyDoubles())
                                .as((scale, value, min, max) -> scale == Feedback.Scale.RATING
                                        ? Feedback.rating(value, min, max)
                                        : Feedback.of(scale, value)))
                .as((outcome, duration, promise, effort, feedback) -> TouchpointEvent.builder("a")
                        .channel(Channel.WEB)
                        .outcome(outcome)
                        .durationMs(duration)
                        .promiseMs(promise)
                        .retries(effort.get(0))
                        .excessSteps(effort.get(1))
                        .transfers(effort.get(2))
                        .repeatedInformation(effort.get(3))
                        .feedback(feedback)
                        .build())
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Double> milliseconds() {
        return Arbitraries.frequencyOf(Tuple.of(3, doubles(1, 10_000)), Tuple.of(1, anyDoubles()));
    }

    private static Arbitrary<Double> anyDoubles() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, doubles(-2, 11)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                0.0,
                                -0.0,
                                Double.MIN_VALUE,
                                Double.MIN_NORMAL,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY)),
                Tuple.of(1, Arbitraries.longs().map(Double::longBitsToDouble)));
    }

    @Provide
    Arbitrary<Situation> situations() {
        Arbitrary<Boolean> bool = Arbitraries.of(true, false);
        return Combinators.combine(bool, bool, bool, bool, bool, bool, doubles(-1, 1))
                .as((first, repeated, retry, excess, change, contact, habit) ->
                        new Situation(first, repeated, retry, excess, change, contact, 1, NOW, habit))
                .withoutEdgeCases();
    }

    /** What is usual after durations of any size and age, read at any distance. */
    @Provide
    Arbitrary<Pace.Reading> paces() {
        Arbitrary<Double> durations = milliseconds().map(d -> d > 0 && Double.isFinite(d) ? d : 1);
        return Combinators.combine(durations.list().ofMaxSize(40), ages().list().ofSize(40), readings())
                .as((seen, ages, nowMs) -> {
                    Pace pace = new Pace(HalfLife.ofMillis(7.0 * DAY));
                    List<Long> times = new ArrayList<>(ages);
                    Collections.sort(times);
                    for (int i = 0; i < seen.size(); i++) {
                        pace.add(seen.get(i), NOW - times.get(i));
                    }
                    return pace.at(nowMs);
                })
                .withoutEdgeCases();
    }
}
