package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Forecast.Reliability.Quantile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Predicted and observed answers, counted in steps of 0.5 % of the predicted probability, so that quantiles can be read
 * at any time and the counts of several learners can be added. Mutable and not thread-safe.
 */
final class ReliabilityCounts {

    private static final int STEPS = 200;

    private List<Step> steps;

    ReliabilityCounts() {
        this(new ArrayList<>(Collections.nCopies(STEPS, Step.NONE)));
    }

    private ReliabilityCounts(List<Step> steps) {
        this.steps = steps;
    }

    ReliabilityCounts copy() {
        return new ReliabilityCounts(new ArrayList<>(steps));
    }

    /** Lists the fields. */
    ReliabilityCounts fields(Fields fields) {
        List<Step> read = fields.list("steps", steps, () -> Step.NONE, Step::fields);
        if (read.size() != STEPS) {
            throw new IllegalArgumentException(read.size() + " steps: expected " + STEPS);
        }
        steps = read;
        return this;
    }

    /** Counts an answer. */
    void add(double predicted, boolean bad) {
        int index = Math.min((int) (predicted * STEPS), STEPS - 1);
        steps.set(index, steps.get(index).plus(new Step(1, predicted, bad ? 1 : 0)));
    }

    void addAll(ReliabilityCounts other) {
        for (int i = 0; i < STEPS; i++) {
            steps.set(i, steps.get(i).plus(other.steps.get(i)));
        }
    }

    /** Returns the table. A step in two quantiles is split proportionally. */
    Reliability table() {
        long answers = steps.stream().mapToLong(Step::answers).sum();
        int quantiles = (int) Math.min(answers, Reliability.QUANTILES);
        List<Quantile> table = new ArrayList<>();
        Filling filling = new Filling();
        for (Step step : steps) {
            double left = step.answers;
            while (left > 0) {
                boolean last = table.size() == quantiles - 1;
                double missing = last ? left : Math.min(left, (double) answers / quantiles - filling.answers);
                filling.add(step, missing);
                left -= missing;
                if (!last && left > 0) {
                    table.add(filling.quantile());
                    filling = new Filling();
                }
            }
        }
        if (filling.answers > 0) {
            table.add(filling.quantile());
        }
        return Reliability.of(table);
    }

    /** A quantile while it is filled. */
    private static final class Filling {

        private double answers;
        private double predicted;
        private double bad;

        void add(Step step, double some) {
            double share = some / step.answers;
            answers += some;
            predicted += share * step.predicted;
            bad += share * step.bad;
        }

        Quantile quantile() {
            return new Quantile(answers, Math.min(1, predicted / answers), Math.min(1, bad / answers));
        }
    }

    /**
     * The answers whose predictions lie in one step.
     *
     * @param answers the number of answers
     * @param predicted the sum of the predicted probabilities
     * @param bad the number of bad answers
     */
    private record Step(long answers, double predicted, long bad) {

        static final Step NONE = new Step(0, 0, 0);

        /**
         * @throws IllegalArgumentException if the sums are not possible
         */
        Step {
            if (!(bad >= 0 && bad <= answers && predicted >= 0 && predicted <= answers)) {
                throw new IllegalArgumentException("answers " + answers + ", predicted " + predicted + ", bad " + bad
                        + ": not possible for any answers");
            }
        }

        Step fields(Fields fields) {
            return new Step(
                    fields.count("answers", answers), fields.number("predicted", predicted), fields.count("bad", bad));
        }

        Step plus(Step other) {
            return new Step(
                    Saturating.add(answers, other.answers),
                    predicted + other.predicted,
                    Saturating.add(bad, other.bad));
        }
    }
}
