package dev.touchstone.surveys;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The linear scores from which a measure has two, three, four and five stars. CMS computes a new table for each
 * publication by clustering all hospitals. Immutable.
 *
 * @param cuts for each measure the least linear scores of two, three, four and five stars, ascending
 */
public record HcahpsCutPoints(Map<HcahpsMeasure, List<Double>> cuts) {

    private static final int CUTS = 4;

    /**
     * Copies the table.
     *
     * @throws IllegalArgumentException if a measure is missing or its four scores do not ascend within 0 to 100
     */
    public HcahpsCutPoints {
        Map<HcahpsMeasure, List<Double>> copy = new EnumMap<>(HcahpsMeasure.class);
        for (HcahpsMeasure measure : HcahpsMeasure.values()) {
            List<Double> scores = List.copyOf(cuts.getOrDefault(measure, List.of()));
            if (!ascend(scores)) {
                throw new IllegalArgumentException(
                        measure + " needs four ascending scores from 0 to 100, not " + scores);
            }
            copy.put(measure, scores);
        }
        cuts = Collections.unmodifiableMap(copy);
    }

    private static boolean ascend(List<Double> scores) {
        double last = 0;
        for (double score : scores) {
            if (!(score >= last && score <= 100)) {
                return false;
            }
            last = score;
        }
        return scores.size() == CUTS;
    }

    /**
     * Returns the stars of a measure, 1 to 5. The score is rounded half up to a whole number first, as it is published.
     *
     * @throws IllegalArgumentException if the score is not 0 to 100
     */
    public int stars(HcahpsMeasure measure, double linearScore) {
        if (!(linearScore >= 0 && linearScore <= 100)) {
            throw new IllegalArgumentException("a linear score is 0 to 100, not " + linearScore);
        }
        long published = Math.round(linearScore);
        return 1
                + (int) cuts.getOrDefault(measure, List.of()).stream()
                        .filter(cut -> published >= cut)
                        .count();
    }
}
