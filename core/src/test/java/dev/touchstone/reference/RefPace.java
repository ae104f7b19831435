package dev.touchstone.reference;

import java.util.List;

/** How long an event usually takes at a touchpoint: decayed count, mean and deviation of the durations' logarithms. */
record RefPace(double n, double mean, double deviation) {

    record Entry(long time, double logDuration) {}

    static RefPace of(List<Entry> entries, double halfLife, long now) {
        double n = entries.stream()
                .mapToDouble(entry -> RefEvidence.decay(entry.time(), now, halfLife))
                .sum();
        if (n == 0) {
            return new RefPace(0, 0, 0);
        }
        // mean and deviation do not depend on the moment of reading; relative to the newest they cannot underflow
        long newest = entries.stream().mapToLong(Entry::time).max().orElseThrow();
        double total = 0;
        double sum = 0;
        for (Entry entry : entries) {
            double g = RefEvidence.decay(entry.time(), newest, halfLife);
            total += g;
            sum += g * entry.logDuration();
        }
        double mean = sum / total;
        double squares = 0;
        for (Entry entry : entries) {
            double g = RefEvidence.decay(entry.time(), newest, halfLife);
            squares += g * Math.pow(entry.logDuration() - mean, 2);
        }
        return new RefPace(n, mean, Math.sqrt(squares / total));
    }

    double z(double duration, double leastDeviation) {
        return (Math.log(duration) - mean) / Math.max(deviation, leastDeviation);
    }

    /** The factor for a duration that stands at {@code z}; {@code null} is none, or none to compare with. */
    static double quality(RefModel.PaceRule rule, Double z, double n) {
        if (z == null) {
            return 1 - rule.share() / 2;
        }
        double rank = 1 / (1 + Math.exp(-rule.slope() * z));
        return 1 - rule.share() * (0.5 + (rank - 0.5) * n / (n + rule.trust()));
    }
}
