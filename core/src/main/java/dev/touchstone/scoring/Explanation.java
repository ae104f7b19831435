package dev.touchstone.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a score comes from, part by part. The parts of an experience score are the points that each
 * {@linkplain LossDriver driver} and the prior took away: score and parts sum to 100. The parts of an effort score are
 * the shares of each {@linkplain EffortDriver driver} in the effort: they sum to 1, or are all 0.
 *
 * @param parts the parts by name, in a fixed order
 */
public record Explanation(Map<String, Double> parts) {

    /** The name of the part that comes from how little is known. */
    public static final String PRIOR = "prior";

    /** Copies the parts. */
    public Explanation {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Returns the part of that name, 0 if there is none. */
    public double part(String name) {
        return parts.getOrDefault(name, 0.0);
    }

    /** Returns the sum of all parts. */
    public double sum() {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Prints the parts that are not zero when rounded, such as {@code outcome 11.43, pace 1.71, prior 17.86}. */
    @Override
    public String toString() {
        String text = parts.entrySet().stream()
                .map(part -> part.getKey() + " " + HalfUp.format(part.getValue()))
                .filter(part -> !part.endsWith(" 0.00"))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "nothing" : text;
    }
}
