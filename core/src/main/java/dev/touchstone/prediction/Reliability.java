package dev.touchstone.prediction;

import dev.touchstone.internal.HalfUp;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How reliable the predictions have been: predicted against seen dissatisfaction, by quantile of the prediction. Every
 * answer is compared with what was predicted before the answer was learned. Immutable.
 */
public final class Reliability {

    /** The largest number of quantiles. */
    public static final int QUANTILES = 10;

    private final List<Quantile> quantiles;

    private Reliability(List<Quantile> quantiles) {
        this.quantiles = quantiles;
    }

    /**
     * Returns a table.
     *
     * @param quantiles the quantiles in ascending order of the prediction; empty before the first answer
     */
    public static Reliability of(List<Quantile> quantiles) {
        return new Reliability(List.copyOf(quantiles));
    }

    /** Returns at most ten quantiles of equal numbers of answers, the lowest predictions first. */
    public List<Quantile> quantiles() {
        return quantiles;
    }

    /** Returns the number of answers. */
    public double answers() {
        return quantiles.stream().mapToDouble(Quantile::answers).sum();
    }

    /** Returns the expected calibration error: the mean distance of predicted from seen, 0 to 1; 0 without answers. */
    public double calibrationError() {
        double distance = 0;
        for (Quantile quantile : quantiles) {
            distance += quantile.answers() * Math.abs(quantile.predicted() - quantile.seen());
        }
        return quantiles.isEmpty() ? 0 : distance / answers();
    }

    /** Prints such as {@code calibration error 0.009, 0.04/0.05, 0.51/0.48}: predicted/seen of each quantile. */
    @Override
    public String toString() {
        return quantiles.stream()
                .map(each -> ", " + HalfUp.format(each.predicted()) + "/" + HalfUp.format(each.seen()))
                .collect(Collectors.joining("", "calibration error " + HalfUp.format(calibrationError(), 3), ""));
    }

    /**
     * A quantile of the predictions.
     *
     * @param answers the number of answers, which need not be whole: a quantile may end between two equal predictions
     * @param predicted the mean predicted probability of a dissatisfied answer, 0 to 1
     * @param seen the share of dissatisfied answers, 0 to 1
     */
    public record Quantile(double answers, double predicted, double seen) {

        /** @throws IllegalArgumentException if a part is not in its range */
        public Quantile {
            if (!(answers > 0 && answers < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("answers " + answers + ": expected a finite number above 0");
            }
            if (!(predicted >= 0 && predicted <= 1 && seen >= 0 && seen <= 1)) {
                throw new IllegalArgumentException(
                        "predicted " + predicted + " and seen " + seen + ": expected 0 to 1 each");
            }
        }
    }
}
