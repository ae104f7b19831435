package dev.touchstone.survey;

import dev.touchstone.scoring.Interval;
import java.util.Optional;

/** Numbers of which the mean is wanted. */
record Sample(long n, double sum, double squares) {

    /** Returns the mean with its normal interval within the scale, which is all of the scale for a single number. */
    Optional<SurveyResult> mean(double min, double max) {
        if (n == 0) {
            return Optional.empty();
        }
        double mean = Math.max(min, Math.min(max, sum / n));
        double margin = n == 1 ? max - min : Interval.Z * Math.sqrt(variance() / n);
        return Optional.of(
                SurveyResult.of(mean, new Interval(Math.max(min, mean - margin), Math.min(max, mean + margin)), n));
    }

    /** Returns the variance of one number, estimated; 0 with fewer than two. */
    double variance() {
        return n < 2 ? 0 : Math.max(0, (squares - sum / n * sum) / (n - 1));
    }
}
