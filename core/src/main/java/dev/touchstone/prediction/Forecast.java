package dev.touchstone.prediction;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Interval;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The predicted answers of all customers, compared with the answers received, and the reliability of the predictions.
 * Predicting for all customers corrects the bias of non-response as far as behavior explains which customers answer.
 * Immutable.
 */
public final class Forecast {

    private final double satisfied;
    private final Interval interval;
    private final long customers;
    private final Reliability reliability;

    private Forecast(double satisfied, Interval interval, long customers, Reliability reliability) {
        this.satisfied = satisfied;
        this.interval = interval;
        this.customers = customers;
        this.reliability = reliability;
    }

    /**
     * Returns a forecast made of its parts.
     *
     * @param satisfied the mean predicted probability of a satisfied answer, 0 to 1
     * @param interval its interval, within 0 to 1 and containing {@code satisfied}
     * @param customers the number of customers with a prediction, at least 1
     * @param reliability predictions compared with answers, at least one
     * @throws IllegalArgumentException if a part is out of range
     */
    public static Forecast of(double satisfied, Interval interval, long customers, Reliability reliability) {
        Prediction.check(satisfied, interval);
        if (customers < 1) {
            throw new IllegalArgumentException("customers " + customers + ": expected at least 1");
        }
        if (reliability.quantiles().isEmpty()) {
            throw new IllegalArgumentException("reliability has no answers: expected at least one");
        }
        return new Forecast(satisfied, interval, customers, reliability);
    }

    /**
     * Returns the mean predicted probability of a satisfied answer over all customers with an event in the last 30
     * days.
     */
    public double satisfied() {
        return satisfied;
    }

    /** Returns the mean of the bounds of the customers' 95 % intervals. It is wider than the interval of the mean. */
    public Interval interval() {
        return interval;
    }

    /** Returns the number of these customers, at least 1. */
    public long customers() {
        return customers;
    }

    /** Returns the share of satisfied answers among the answers learned from, 0 to 1. */
    public double satisfiedOfAnswers() {
        double dissatisfied = 0;
        for (Reliability.Quantile quantile : reliability.quantiles()) {
            dissatisfied += quantile.answers() * quantile.seen();
        }
        return Math.max(0, 1 - dissatisfied / reliability.answers());
    }

    /** Returns the 95 % interval of {@link #satisfiedOfAnswers()} (Wilson 1927). */
    public Interval intervalOfAnswers() {
        return Interval.wilson(satisfiedOfAnswers(), reliability.answers());
    }

    /** Returns the number of answers learned from, at least 1. */
    public long answers() {
        return Math.round(reliability.answers());
    }

    /** Returns the reliability of the predictions. */
    public Reliability reliability() {
        return reliability;
    }

    /** Returns text such as {@code 0.81 [0.74, 0.87] of 1200 customers, 0.78 of 312 answers}. */
    @Override
    public String toString() {
        return HalfUp.format(satisfied) + " " + interval + " of " + customers + " customers, "
                + HalfUp.format(satisfiedOfAnswers()) + " of " + answers() + " answers";
    }

    /**
     * The reliability of the predictions: predicted and observed dissatisfaction, by quantile of the prediction. Every
     * answer is compared with the prediction made before the answer was learned. Immutable.
     */
    public static final class Reliability {

        /** The maximum number of quantiles. */
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

        /** Returns at most ten quantiles with equal numbers of answers, the lowest predictions first. */
        public List<Quantile> quantiles() {
            return quantiles;
        }

        /** Returns the number of answers. */
        public double answers() {
            return quantiles.stream().mapToDouble(Quantile::answers).sum();
        }

        /**
         * Returns the expected calibration error: the mean distance between predicted and observed shares, 0 to 1; 0
         * without answers.
         */
        public double calibrationError() {
            double distance = 0;
            for (Quantile quantile : quantiles) {
                distance += quantile.answers() * Math.abs(quantile.predicted() - quantile.seen());
            }
            return quantiles.isEmpty() ? 0 : distance / answers();
        }

        /**
         * Returns text such as {@code calibration error 0.009, 0.04/0.05, 0.51/0.48}: predicted/observed for each
         * quantile.
         */
        @Override
        public String toString() {
            return quantiles.stream()
                    .map(each -> ", " + HalfUp.format(each.predicted()) + "/" + HalfUp.format(each.seen()))
                    .collect(Collectors.joining("", "calibration error " + HalfUp.format(calibrationError(), 3), ""));
        }

        /**
         * A quantile of the predictions.
         *
         * @param answers the number of answers; may be fractional, since equal predictions may be split between
         *     quantiles
         * @param predicted the mean predicted probability of a dissatisfied answer, 0 to 1
         * @param seen the share of dissatisfied answers, 0 to 1
         */
        public record Quantile(double answers, double predicted, double seen) {

            /**
             * @throws IllegalArgumentException if a part is out of range
             */
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
}
