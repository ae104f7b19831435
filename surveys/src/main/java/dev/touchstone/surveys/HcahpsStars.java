package dev.touchstone.surveys;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The stars of a hospital's measures, and the summary star. Immutable.
 *
 * @param stars the stars of each of the ten measures, 1 to 5
 */
public record HcahpsStars(Map<HcahpsMeasure, Integer> stars) {

    private static final int MAX = 5;
    /** Numbers that the summary is a mean of: six composites, the surroundings, the whole. */
    private static final int NUMBERS = 8;

    /**
     * Copies the stars.
     *
     * @throws IllegalArgumentException if a measure is missing or its stars are not 1 to 5
     */
    public HcahpsStars {
        for (HcahpsMeasure measure : HcahpsMeasure.values()) {
            int number = stars.getOrDefault(measure, 0);
            if (number < 1 || number > MAX) {
                throw new IllegalArgumentException(measure + " needs 1 to 5 stars, not " + number);
            }
        }
        stars = Collections.unmodifiableMap(new EnumMap<>(stars));
    }

    /**
     * Returns the summary star, 1 to 5: the mean of the six composites' stars, the mean of cleanliness and quietness,
     * and the mean of rating and recommendation, rounded half up.
     */
    public int summary() {
        int halves = 0; // of the sum of the eight numbers, so that nothing is rounded twice
        for (Map.Entry<HcahpsMeasure, Integer> measure : stars.entrySet()) {
            halves += measure.getKey().ordinal() < HcahpsMeasure.CLEANLINESS.ordinal()
                    ? 2 * measure.getValue()
                    : measure.getValue();
        }
        return (halves + NUMBERS) / (2 * NUMBERS);
    }
}
