package dev.touchstone.examples.validation;

import dev.touchstone.event.Feedback;
import dev.touchstone.prediction.internal.Answer;
import dev.touchstone.prediction.internal.Learner;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Predicts each case with what had been answered before it, then learns its answer when that arrives: no case is
 * predicted with knowledge of its own answer or of a later one.
 */
final class Prequential {

    /** As in the library, an answer that takes longer teaches nothing. */
    private static final long PENDING = Duration.ofDays(30).toMillis();

    /** More than any group: no key is named here. */
    private static final long NO_NAMES = Long.MAX_VALUE;

    private final List<String> effects;
    private final List<Asked> cases;
    private final Map<Run, double[]> known = new EnumMap<>(Run.class);

    /**
     * @param effects the names of the effects
     * @param cases the cases in any order
     */
    Prequential(List<String> effects, List<Asked> cases) {
        this.effects = effects;
        this.cases = cases;
    }

    /** Returns the probability of a bad answer for each case. Computed once for each run: several contests ask for it. */
    double[] risks(Run run) {
        return known.computeIfAbsent(run, this::predict);
    }

    private double[] predict(Run run) {
        double[] received = run.received(Cases.numbers(cases, Asked::csat));
        double[] risks = new double[cases.size()];
        double[] predictors = new double[cases.size()];
        PriorityQueue<Integer> pending = new PriorityQueue<>(
                Comparator.comparingLong((Integer i) -> cases.get(i).answeredMs())
                        .thenComparing(i -> i));
        Learner learner = new Learner(effects);
        for (int i : inOrder()) {
            Asked asked = cases.get(i);
            while (!pending.isEmpty() && cases.get(pending.element()).answeredMs() < asked.askedMs()) {
                int answered = pending.remove();
                learn(learner, cases.get(answered), predictors[answered], received[answered]);
            }
            predictors[i] = learner.predictor(asked.assessed(), asked.askedMs());
            risks[i] = risk(learner, asked);
            if (!Double.isNaN(received[i]) && asked.answeredMs() - asked.askedMs() <= PENDING) {
                pending.add(i);
            }
        }
        return risks;
    }

    /**
     * Returns the probability of a bad answer for each case asked from a time on, of several learners of which each has
     * received its part of the answers before that time, and which are merged then. They learn nothing later.
     */
    double[] mergedRisks(int learners, long fromMs) {
        Learner merged = new Learner(effects);
        for (int part = 0; part < learners; part++) {
            Learner learner = new Learner(effects);
            for (int i : inOrder()) {
                Asked asked = cases.get(i);
                if (asked.answeredMs() < fromMs && i % learners == part) {
                    double predictor = learner.predictor(asked.assessed(), asked.askedMs());
                    learn(learner, asked, predictor, asked.csat());
                }
            }
            merged.addAll(learner);
        }
        return Cases.numbers(cases, asked -> risk(merged, asked));
    }

    private int[] inOrder() {
        return IntStream.range(0, cases.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> cases.get(i).askedMs()))
                .mapToInt(i -> i)
                .toArray();
    }

    private static double risk(Learner learner, Asked asked) {
        return 1 - learner.predict(asked.assessed(), asked.askedMs(), NO_NAMES).satisfied();
    }

    private static void learn(Learner learner, Asked asked, double predictor, double csat) {
        Answer answer = Answer.of(Feedback.csat(csat)).orElseThrow();
        learner.learn(asked.assessed(), predictor, answer, asked.answeredMs());
    }
}
