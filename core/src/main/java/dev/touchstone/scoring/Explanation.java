package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a score. The parts of an experience score are the points lost to each {@linkplain LossDriver driver} and
 * to the prior: score and parts sum to 100. The parts of an effort score are the shares of each
 * {@linkplain EffortDriver driver}: they sum to 1, or are all 0. Immutable.
 */
public final class Explanation {

    /** The name of the part that is due to scarce evidence. */
    public static final String PRIOR = "prior";

    /** No parts. */
    public static final Explanation NONE = new Explanation(List.of());

    // a scoreboard has six thousand explanations, so they share the names and store the parts in an array
    private final List<String> names;
    private final double[] points;

    private Explanation(List<String> names, double... points) {
        this.names = names;
        this.points = points;
    }

    /**
     * Returns an explanation, for unit tests of code that takes scores.
     *
     * @param parts the parts by name, in order: points for an experience score, shares for an effort score
     * @throws IllegalArgumentException if a part is not finite
     */
    public static Explanation of(Map<String, Double> parts) {
        return checked(
                List.copyOf(parts.keySet()),
                parts.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns an explanation. Explanations with the same immutable list share it.
     *
     * @param names the names of the parts, in order
     * @param points one part per name: points for an experience score, shares for an effort score
     * @throws IllegalArgumentException if the numbers of names and parts differ, or a part is not finite
     */
    public static Explanation of(List<String> names, double... points) {
        if (names.size() != points.length) {
            throw new IllegalArgumentException(
                    names.size() + " names and " + points.length + " parts: expected one part per name");
        }
        return checked(List.copyOf(names), points.clone());
    }

    private static Explanation checked(List<String> names, double... points) {
        for (int i = 0; i < points.length; i++) {
            if (!Double.isFinite(points[i])) {
                throw new IllegalArgumentException(
                        "part " + names.get(i) + " is " + points[i] + ": expected a finite number");
            }
        }
        return new Explanation(names, points);
    }

    /** Returns the parts by name, in a fixed order. */
    public Map<String, Double> parts() {
        Map<String, Double> parts = new LinkedHashMap<>();
        forEach(parts::put);
        return Collections.unmodifiableMap(parts);
    }

    /** Passes each part to an action, in a fixed order. */
    public void forEach(ObjDoubleConsumer<String> action) {
        for (int i = 0; i < points.length; i++) {
            action.accept(names.get(i), points[i]);
        }
    }

    /** Returns the part with that name, or 0. */
    public double part(String name) {
        int index = names.indexOf(name);
        return index < 0 ? 0 : points[index];
    }

    /**
     * Returns this explanation minus another, part by part. For two experience scores, the parts sum to the points that
     * the score of this one is lower.
     */
    public Explanation minus(Explanation other) {
        Map<String, Double> parts = new LinkedHashMap<>();
        forEach(parts::put);
        other.forEach((name, part) -> parts.merge(name, -part, Double::sum));
        return of(parts);
    }

    /** Returns the sum of all parts. */
    public double sum() {
        double sum = 0;
        for (double each : points) {
            sum += each;
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Explanation explanation
                && names.equals(explanation.names)
                && Arrays.equals(points, explanation.points);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(points);
    }

    /** Returns the parts that are not zero when rounded, such as {@code outcome 11.43, pace 1.71, prior 17.86}. */
    @Override
    public String toString() {
        String text = parts().entrySet().stream()
                .map(part -> part.getKey() + " " + HalfUp.format(part.getValue()))
                .filter(part -> !part.endsWith(" 0.00"))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "nothing" : text;
    }
}
