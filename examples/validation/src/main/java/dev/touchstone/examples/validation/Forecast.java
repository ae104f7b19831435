package dev.touchstone.examples.validation;

import dev.touchstone.prediction.Forecast.Reliability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good predicted probabilities are.
 *
 * @param auc the area under the ROC curve
 * @param logLoss the mean logarithm of what the answers would have been predicted with, negated; 0 is perfect
 * @param calibrationError the mean distance of predicted from seen over ten quantiles of the prediction
 * @param worst the results among cases with the worst predictions, for each of {@link #SHARES}
 */
record Forecast(double auc, double logLoss, double calibrationError, List<Worst> worst) {

    /** The shares of all cases that are looked at, in percent. */
    static final List<Integer> SHARES = List.of(5, 10, 20);

    static Forecast of(double[] risk, boolean[] bad) {
        List<Integer> inOrder = IntStream.range(0, risk.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> risk[i]))
                .toList();
        double loss = 0;
        for (int i = 0; i < risk.length; i++) {
            loss -= Math.log(bad[i] ? risk[i] : 1 - risk[i]);
        }
        return new Forecast(
                Auc.area(risk, bad),
                loss / risk.length,
                reliability(inOrder, risk, bad).calibrationError(),
                SHARES.stream().map(share -> Worst.of(share, inOrder, bad)).toList());
    }

    private static Reliability reliability(List<Integer> inOrder, double[] risk, boolean[] bad) {
        List<Reliability.Quantile> quantiles = new ArrayList<>();
        for (int q = 0; q < Reliability.QUANTILES; q++) {
            List<Integer> members = inOrder.subList(
                    q * inOrder.size() / Reliability.QUANTILES, (q + 1) * inOrder.size() / Reliability.QUANTILES);
            if (!members.isEmpty()) {
                quantiles.add(new Reliability.Quantile(
                        members.size(),
                        members.stream().mapToDouble(i -> risk[i]).average().orElseThrow(),
                        members.stream()
                                .mapToDouble(i -> bad[i] ? 1 : 0)
                                .average()
                                .orElseThrow()));
            }
        }
        return Reliability.of(quantiles);
    }

    /**
     * The results among cases with the worst predictions.
     *
     * @param lift how many times as many bad ones as among all
     * @param recall the share of all bad ones
     */
    record Worst(double lift, double recall) {

        private static Worst of(int percent, List<Integer> inOrder, boolean[] bad) {
            int size = Math.max(1, Math.round(inOrder.size() * percent / 100f));
            double found = inOrder.subList(inOrder.size() - size, inOrder.size()).stream()
                    .filter(i -> bad[i])
                    .count();
            double all = inOrder.stream().filter(i -> bad[i]).count();
            return new Worst(found / size / (all / inOrder.size()), found / all);
        }
    }
}
