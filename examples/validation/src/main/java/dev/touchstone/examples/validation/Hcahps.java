package dev.touchstone.examples.validation;

import dev.touchstone.examples.validation.Rows.Row;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.surveys.HcahpsAnswers;
import dev.touchstone.surveys.HcahpsAnswers.Scale;
import dev.touchstone.surveys.HcahpsCutPoints;
import dev.touchstone.surveys.HcahpsMeasure;
import dev.touchstone.surveys.HcahpsStars;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Published stars of hospitals: do the calculators give the same?
 *
 * @param hospitals how many there are
 * @param matched how many have the summary star and the linear score of the yes/no composite that the calculators give
 * @param stars how many stars of single measures there are
 * @param starsMatched how many of those follow from their linear scores by one table of cut points, which is read off
 *     the same file
 */
record Hcahps(int hospitals, int matched, int stars, int starsMatched) {

    private static final Map<HcahpsMeasure, String> CODES = new EnumMap<>(Map.of(
            HcahpsMeasure.NURSES, "H_COMP_1",
            HcahpsMeasure.DOCTORS, "H_COMP_2",
            HcahpsMeasure.STAFF, "H_COMP_3",
            HcahpsMeasure.MEDICINES, "H_COMP_5",
            HcahpsMeasure.DISCHARGE, "H_COMP_6",
            HcahpsMeasure.TRANSITION, "H_COMP_7",
            HcahpsMeasure.CLEANLINESS, "H_CLEAN",
            HcahpsMeasure.QUIETNESS, "H_QUIET",
            HcahpsMeasure.RATING, "H_HSP_RATING",
            HcahpsMeasure.RECOMMENDATION, "H_RECMND"));

    static Hcahps of(List<Row> rows) {
        HcahpsCutPoints cuts = cutPoints(rows);
        int matched = 0;
        int starsMatched = 0;
        for (Row row : rows) {
            matched += new HcahpsStars(stars(row)).summary() == (int) row.number("H_STAR_RATING") && isYesNoExact(row)
                    ? 1
                    : 0;
            for (Map.Entry<HcahpsMeasure, Integer> measure : stars(row).entrySet()) {
                starsMatched +=
                        cuts.stars(measure.getKey(), score(row, measure.getKey())) == measure.getValue() ? 1 : 0;
            }
        }
        return new Hcahps(rows.size(), matched, rows.size() * CODES.size(), starsMatched);
    }

    private static Map<HcahpsMeasure, Integer> stars(Row row) {
        Map<HcahpsMeasure, Integer> stars = new EnumMap<>(HcahpsMeasure.class);
        CODES.forEach((measure, code) -> stars.put(measure, (int) row.number(code + "_STAR_RATING")));
        return stars;
    }

    private static double score(Row row, HcahpsMeasure measure) {
        return row.number(CODES.get(measure) + "_LINEAR_SCORE");
    }

    private static boolean isYesNoExact(Row row) {
        long yes = (long) row.number("H_COMP_6_Y_P");
        String linear = new HcahpsAnswers(Scale.YES_NO, List.of(100 - yes, yes))
                .linearScore()
                .map(result -> HalfUp.format(result.value(), 0))
                .orElse("");
        return linear.equals(HalfUp.format(score(row, HcahpsMeasure.DISCHARGE), 0));
    }

    /** Returns the least score that each number of stars has in the rows; without any, that of the next number. */
    private static HcahpsCutPoints cutPoints(List<Row> rows) {
        Map<HcahpsMeasure, List<Double>> cuts = new EnumMap<>(HcahpsMeasure.class);
        for (HcahpsMeasure measure : HcahpsMeasure.values()) {
            double[] least = {100, 100, 100, 100};
            for (Row row : rows) {
                int stars = stars(row).getOrDefault(measure, 1);
                for (int i = 0; i < stars - 1; i++) {
                    least[i] = Math.min(least[i], score(row, measure));
                }
            }
            List<Double> list = new ArrayList<>();
            for (double cut : least) {
                list.add(cut);
            }
            cuts.put(measure, list);
        }
        return new HcahpsCutPoints(cuts);
    }
}
