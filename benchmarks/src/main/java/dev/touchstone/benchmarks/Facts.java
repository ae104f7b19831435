package dev.touchstone.benchmarks;

import dev.touchstone.event.Outcome;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What happens to customers, drawn once and the same in every run: durations around 180 ms, log-normal, one in twenty
 * above the target of 400 ms; 97 % successes, 2 % degraded, 1 % failures, so that there are retries. Immutable.
 */
final class Facts {

    static final Duration TARGET = Duration.ofMillis(400);

    private static final int SIZE = 4096;
    private static final double MEDIAN_MS = 180;
    private static final double SPREAD = 0.5;

    private final double[] durationsMs = new double[SIZE];
    private final Outcome[] outcomes = new Outcome[SIZE];

    Facts() {
        Random random = new Random(1);
        for (int i = 0; i < SIZE; i++) {
            durationsMs[i] = MEDIAN_MS * Math.exp(SPREAD * random.nextGaussian());
            int percentile = random.nextInt(100);
            outcomes[i] = percentile < 97 ? Outcome.SUCCESS : percentile < 99 ? Outcome.DEGRADED : Outcome.FAILURE;
        }
    }

    double durationMs(int visit) {
        return durationsMs[visit & (SIZE - 1)];
    }

    Outcome outcome(int visit) {
        return outcomes[visit & (SIZE - 1)];
    }

    /** Returns the numbers below a limit in an order that looks random. */
    static int[] shuffled(int limit) {
        int[] numbers = IntStream.range(0, limit).toArray();
        Random random = new Random(2);
        for (int i = limit - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = number;
        }
        return numbers;
    }
}
