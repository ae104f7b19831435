package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.scoring.Interval;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often an interval contains the truth: simulated, with a fixed seed. Where the formulas of the scoring page stay
 * below 93 % is in ADR 0073.
 */
class CoverageTest {

    private static final int SAMPLES = 20_000;

    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({
        "5, 0.50, 0.20", "5, 0.33, 0.33", "5, 0.60, 0.15", "5, 0.30, 0.50",
        "10, 0.50, 0.20", "10, 0.33, 0.33", "10, 0.70, 0.10", "10, 0.30, 0.50",
        "30, 0.50, 0.20", "30, 0.33, 0.33", "30, 0.80, 0.05", "30, 0.10, 0.10",
        "200, 0.50, 0.20", "200, 0.33, 0.33", "200, 0.80, 0.05", "200, 0.10, 0.10",
    })
    void netPromoterScore(int n, double promoters, double detractors) {
        double[] shares = {detractors, 1 - promoters - detractors, promoters};
        assertThat(coverage(100 * (promoters - detractors), () -> {
                    long[] counts = draw(n, shares);
                    return Nps.of(counts[2], counts[1], counts[0])
                            .result()
                            .orElseThrow()
                            .interval();
                }))
                .isBetween(0.93, 0.98);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0.10 0.20 0.40 0.20 0.10",
        "5, 0.50 0.25 0.15 0.07 0.03",
        "10, 0.10 0.20 0.40 0.20 0.10",
        "10, 0.20 0.20 0.20 0.20 0.20",
        "10, 0.05 0.20 0.50 0.20 0.05",
        "30, 0.10 0.20 0.40 0.20 0.10",
        "30, 0.20 0.20 0.20 0.20 0.20",
        "30, 0.50 0.25 0.15 0.07 0.03",
        "200, 0.10 0.20 0.40 0.20 0.10",
        "200, 0.50 0.25 0.15 0.07 0.03",
        "200, 0.80 0.10 0.05 0.03 0.02",
    })
    void meanOfBoundedAnswers(int n, String distribution) {
        double[] shares = Arrays.stream(distribution.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double truth = 0;
        for (int i = 0; i < shares.length; i++) {
            truth += (i + 1) * shares[i];
        }
        assertThat(coverage(
                        truth,
                        () -> Ces1.ofCounts(draw(n, shares))
                                .result()
                                .orElseThrow()
                                .interval()))
                .isBetween(0.93, 0.98);
    }

    @ParameterizedTest
    @CsvSource({"5, 0.5", "10, 0.5", "10, 0.8", "30, 0.5", "30, 0.9", "200, 0.5", "200, 0.9", "200, 0.1"})
    void shareWithWilsonsInterval(int n, double share) {
        double[] shares = {1 - share, share};
        assertThat(coverage(
                        100 * share,
                        () -> SurveyResult.percentage(draw(n, shares)[1], n).interval()))
                .isBetween(0.93, 0.98);
    }

    @ParameterizedTest
    @CsvSource({"5", "10", "30", "200"})
    void differencesOfTwo(int n) {
        double[] better = {0.15, 0.25, 0.60};
        double[] worse = {0.30, 0.30, 0.40};
        assertThat(coverage(
                        35,
                        () -> nps(n, better).minus(nps(n, worse)).orElseThrow().interval()))
                .isBetween(0.93, 0.98);
        double[] easy = {0.30, 0.30, 0.20, 0.10, 0.10};
        double[] hard = {0.10, 0.20, 0.40, 0.20, 0.10};
        assertThat(coverage(
                        -0.6,
                        () -> Ces1.ofCounts(draw(n, easy))
                                .minus(Ces1.ofCounts(draw(n, hard)))
                                .orElseThrow()
                                .interval()))
                .isBetween(0.93, 0.98);
        assertThat(coverage(
                        20, () -> csat(n, 0.7).minus(csat(n, 0.5)).orElseThrow().interval()))
                .isBetween(0.93, 0.985);
    }

    private Nps nps(int n, double[] shares) {
        long[] counts = draw(n, shares);
        return Nps.of(counts[2], counts[1], counts[0]);
    }

    private Csat csat(int n, double share) {
        long[] counts = draw(n, new double[] {1 - share, share});
        return Csat.ofCounts(counts[0], 0, 0, 0, counts[1]);
    }

    private double coverage(double truth, Supplier<Interval> interval) {
        int inside = 0;
        for (int i = 0; i < SAMPLES; i++) {
            Interval drawn = interval.get();
            inside += drawn.low() <= truth + 1e-9 && truth - 1e-9 <= drawn.high() ? 1 : 0;
        }
        return (double) inside / SAMPLES;
    }

    private long[] draw(int n, double[] shares) {
        long[] counts = new long[shares.length];
        for (int i = 0; i < n; i++) {
            double left = random.nextDouble();
            int answer = 0;
            while (answer < shares.length - 1 && left >= shares[answer]) {
                left -= shares[answer];
                answer++;
            }
            counts[answer]++;
        }
        return counts;
    }
}
