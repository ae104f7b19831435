package dev.touchstone.survey;

/**
 * Student's t distribution (Student 1908). Degrees of freedom may be fractional; more than a million count as a
 * million.
 */
final class StudentT {

    private static final double SIGNIFICANCE = 0.05;
    private static final double MOST_FREEDOM = 1e6;
    private static final double ASYMPTOTIC = 20;
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int MOST_STEPS = 10_000;
    private static final int NEWTON_STEPS = 50;

    private StudentT() {}

    /** Returns the probability that a variable is further from 0 than {@code t}, from 0 to 1. */
    static double bothTails(double t, double freedom) {
        double df = Math.min(freedom, MOST_FREEDOM);
        double a = df / 2;
        double x = df / (df + t * t);
        double rest = t * t / (df + t * t);
        double front = Math.exp(-a * Math.log1p(t * t / df)) * Math.sqrt(rest) * gammaRatio(a) / Math.sqrt(Math.PI);
        // the regularized incomplete beta function of x with a and 1/2, from the side on which the fraction converges
        // fast
        return x < (a + 1) / (a + 2.5) ? front / a * fraction(a, 0.5, x) : 1 - front / 0.5 * fraction(0.5, a, rest);
    }

    /**
     * Returns the distance from 0 that is exceeded with a probability of 5 %, about 1.96 for many degrees of freedom.
     */
    static double quantile(double freedom) {
        double df = Math.min(freedom, MOST_FREEDOM);
        double z = 1.959963984540054;
        double t = z + (z * z * z + z) / (4 * df); // Abramowitz and Stegun 26.7.5: below the root, where Newton is safe
        for (int i = 0; i < NEWTON_STEPS; i++) {
            double step = (bothTails(t, df) - SIGNIFICANCE) / (2 * density(t, df));
            t += step;
            if (Math.abs(step) <= 1e-12 * t) {
                break;
            }
        }
        return t;
    }

    private static double density(double t, double df) {
        return gammaRatio(df / 2) / Math.sqrt(df * Math.PI) * Math.exp(-(df + 1) / 2 * Math.log1p(t * t / df));
    }

    /** Returns gamma(a + 1/2) over gamma(a). */
    private static double gammaRatio(double a) {
        double factor = 1;
        double b = a;
        for (; b < ASYMPTOTIC; b++) {
            factor *= b / (b + 0.5);
        }
        double r = 1 / b;
        double series =
                1 + r * (-1.0 / 8 + r * (1.0 / 128 + r * (5.0 / 1024 + r * (-21.0 / 32768 - r * 399.0 / 262144))));
        return factor * Math.sqrt(b) * series;
    }

    /** Returns the continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8, by Lentz). */
    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / awayFromZero(1 + even * d);
            c = awayFromZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + odd * d);
            c = awayFromZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) <= PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
