package dev.touchstone.examples.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What answers that had already arrived say of a case: of its seller's, customer's or category's earlier ones. */
final class History<T> {

    /** As many answers as the general mood counts for. */
    private static final double PRIOR = 20;

    private final ToLongFunction<T> asked;
    private final ToLongFunction<T> answered;
    private final Predicate<T> bad;

    /**
     * @param asked when a case is to be judged
     * @param answered when its own answer arrived
     * @param bad what the answer was
     */
    History(ToLongFunction<T> asked, ToLongFunction<T> answered, Predicate<T> bad) {
        this.asked = asked;
        this.answered = answered;
        this.bad = bad;
    }

    /** Returns for each case the share of bad answers to others of the same key that arrived before it is judged. */
    Map<T, Double> shares(List<T> cases, Function<T, String> key) {
        List<T> byQuestion = new ArrayList<>(cases);
        byQuestion.sort(Comparator.comparingLong(asked));
        List<T> byAnswer = new ArrayList<>(cases);
        byAnswer.sort(Comparator.comparingLong(answered));
        Map<String, double[]> counts = new HashMap<>();
        double[] all = {1, 2};
        Map<T, Double> shares = new HashMap<>();
        int arrived = 0;
        for (T one : byQuestion) {
            while (arrived < byAnswer.size() && answered.applyAsLong(byAnswer.get(arrived)) < asked.applyAsLong(one)) {
                T answer = byAnswer.get(arrived++);
                double[] own = counts.computeIfAbsent(key.apply(answer), absent -> new double[2]);
                for (double[] sums : List.of(own, all)) {
                    sums[0] += bad.test(answer) ? 1 : 0;
                    sums[1]++;
                }
            }
            double[] own = counts.getOrDefault(key.apply(one), new double[2]);
            shares.put(one, (own[0] + PRIOR * all[0] / all[1]) / (own[1] + PRIOR));
        }
        return shares;
    }
}
