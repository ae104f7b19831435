package dev.touchstone.examples.validation;

import java.util.Arrays;
import java.util.Random;

/**
 * The area under the ROC curve: the probability that a bad case is ranked as riskier than a good one, equal risks
 * counting half; 0.5 says nothing, 1 everything.
 *
 * @param value the area
 * @param low the lower end of its 95 % interval over resamples
 * @param high the upper end
 */
record Auc(double value, double low, double high) {

    static final int RESAMPLES = 1_000;
    private static final long SEED = 20_261_124;

    /**
     * Ranks cases.
     *
     * @param risk how bad each is said to be, finite
     * @param bad how bad each was
     * @throws IllegalArgumentException if all are good or all are bad, or a risk is not finite
     */
    static Auc of(double[] risk, boolean[] bad) {
        double[] levels = levels(risk);
        int[] level = new int[risk.length];
        long[][] counts = counts(risk, bad, levels, level);
        double value = area(counts);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("all cases are alike");
        }
        double[] areas = new double[RESAMPLES];
        Random random = new Random(SEED); // the same cases for every risk, so that columns can be compared
        for (int r = 0; r < RESAMPLES; r++) {
            Arrays.fill(counts[0], 0);
            Arrays.fill(counts[1], 0);
            for (int i = 0; i < risk.length; i++) {
                int drawn = random.nextInt(risk.length);
                counts[bad[drawn] ? 1 : 0][level[drawn]]++;
            }
            double area = area(counts);
            areas[r] = Double.isNaN(area) ? value : area;
        }
        Arrays.sort(areas);
        return new Auc(value, areas[(int) (0.025 * RESAMPLES)], areas[(int) (0.975 * RESAMPLES) - 1]);
    }

    /** Returns the area without its interval, in a fraction of the time. */
    static double area(double[] risk, boolean[] bad) {
        return area(counts(risk, bad, levels(risk), new int[risk.length]));
    }

    private static double[] levels(double... risk) {
        return Arrays.stream(risk).distinct().sorted().toArray();
    }

    /** Counts the cases at each level, and fills in the level of each. */
    private static long[][] counts(double[] risk, boolean[] bad, double[] levels, int[] level) {
        long[][] counts = new long[2][levels.length];
        for (int i = 0; i < risk.length; i++) {
            if (!Double.isFinite(risk[i])) {
                throw new IllegalArgumentException("case " + i + " has no risk");
            }
            level[i] = Arrays.binarySearch(levels, risk[i]);
            counts[bad[i] ? 1 : 0][level[i]]++;
        }
        return counts;
    }

    /** @param counts how many good ones, and how many bad ones, are at each level of risk */
    private static double area(long[][] counts) {
        double below = 0;
        double bad = 0;
        double pairs = 0;
        for (int i = 0; i < counts[0].length; i++) {
            pairs += counts[1][i] * (below + counts[0][i] / 2.0);
            below += counts[0][i];
            bad += counts[1][i];
        }
        return pairs / (below * bad);
    }
}
