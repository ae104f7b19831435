package dev.touchstone.surveys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.touchstone.surveys.HcahpsAnswers.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HcahpsTest {

    private static final HcahpsMeasure[] MEASURES = HcahpsMeasure.values();
    private static final List<Double> CUTS = List.of(60.0, 70.0, 80.0, 90.0);

    @Test
    void answersAreEvenStepsFromTheWorstToTheBest() {
        HcahpsAnswers nurses = new HcahpsAnswers(Scale.FREQUENCY, List.of(1L, 2L, 3L, 6L));
        assertThat(nurses.n()).isEqualTo(12);
        assertThat(nurses.linearScore().orElseThrow().value())
                .isCloseTo((2 * 100 / 3.0 + 3 * 200 / 3.0 + 600) / 12, within(1e-9));
        assertThat(nurses.topBox().orElseThrow().value()).isEqualTo(50);
    }

    @Test
    void yesAndNoAreTheirPercentage() {
        HcahpsAnswers discharge = new HcahpsAnswers(Scale.YES_NO, List.of(11L, 89L));
        assertThat(discharge.linearScore().orElseThrow().value()).isCloseTo(89, within(1e-9));
        assertThat(discharge.topBox().orElseThrow().value()).isEqualTo(89);
    }

    @Test
    void theTopOfElevenIsNineAndTen() {
        HcahpsAnswers rating = new HcahpsAnswers(Scale.RATING, List.of(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L, 1L));
        assertThat(rating.topBox().orElseThrow().value()).isEqualTo(50);
        assertThat(rating.linearScore().orElseThrow().value()).isCloseTo(67.5, within(1e-9));
    }

    @Test
    void aCompositeIsTheMeanOfItsQuestions() {
        HcahpsAnswers all = new HcahpsAnswers(Scale.FREQUENCY, List.of(0L, 0L, 0L, 100L));
        HcahpsAnswers half = new HcahpsAnswers(Scale.FREQUENCY, List.of(1L, 0L, 0L, 1L));
        HcahpsAnswers none = HcahpsAnswers.none(Scale.FREQUENCY);
        assertThat(HcahpsAnswers.compositeScore(List.of(all, half, none))).hasValue(75);
        assertThat(HcahpsAnswers.compositeScore(List.of(none))).isEmpty();
        assertThat(none.linearScore()).isEmpty();
        assertThat(none.topBox()).isEmpty();
    }

    @Test
    void onlyAnswersOnTheSameScaleAdd() {
        HcahpsAnswers one = new HcahpsAnswers(Scale.AGREEMENT, List.of(1L, 2L, 3L, 4L));
        assertThat(one.plus(one).counts()).containsExactly(2L, 4L, 6L, 8L);
        assertThatThrownBy(() -> one.plus(HcahpsAnswers.none(Scale.FREQUENCY)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HcahpsAnswers(Scale.YES_NO, List.of(1L)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HcahpsAnswers(Scale.YES_NO, List.of(1L, -1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "59.49, 1", "59.5, 2", "60, 2", "69.4, 2", "70, 3", "80, 4", "89.4, 4", "89.5, 5", "100, 5"})
    void starsBeginAtTheirCutPoint(double score, int stars) {
        assertThat(cutPoints().stars(HcahpsMeasure.STAFF, score)).isEqualTo(stars);
    }

    @Test
    void aTableIsCompleteAndAscends() {
        Map<HcahpsMeasure, List<Double>> cuts = new EnumMap<>(cutPoints().cuts());
        cuts.put(HcahpsMeasure.QUIETNESS, List.of(60.0, 80.0, 70.0, 90.0));
        assertThatThrownBy(() -> new HcahpsCutPoints(cuts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("QUIETNESS");
        assertThatThrownBy(() -> new HcahpsCutPoints(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cutPoints().stars(HcahpsMeasure.STAFF, 100.1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cutPoints().stars(HcahpsMeasure.STAFF, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HcahpsCutPoints cutPoints() {
        Map<HcahpsMeasure, List<Double>> cuts = new EnumMap<>(HcahpsMeasure.class);
        for (HcahpsMeasure measure : MEASURES) {
            cuts.put(measure, CUTS);
        }
        return new HcahpsCutPoints(cuts);
    }

    @ParameterizedTest
    @CsvSource({
        "3333333333, 3",
        "5555551111, 4", // (30 + 1 + 1)/8 = 4
        "1111115555, 2", // (6 + 5 + 5)/8 = 2
        "3333334444, 3", // (18 + 4 + 4)/8 = 3.25
        "4444334444, 4", // (22 + 8)/8 = 3.75
        "4444333333, 4", // (22 + 6)/8 = 3.5, half up
        "4444333323, 3", // (22 + 3 + 2.5)/8 = 3.4375
        "4444333332, 3",
        "1111111111, 1",
        "5555555555, 5"
    })
    void theSummaryIsTheMeanOfEightNumbersHalfUp(String stars, int summary) {
        assertThat(stars(stars).summary()).isEqualTo(summary);
    }

    @Test
    void everyMeasureHasOneToFiveStars() {
        assertThatThrownBy(() -> stars("3333333330")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stars("3333333336")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HcahpsStars(Map.of(HcahpsMeasure.NURSES, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOCTORS");
    }

    private static HcahpsStars stars(String digits) {
        Map<HcahpsMeasure, Integer> stars = new EnumMap<>(HcahpsMeasure.class);
        for (HcahpsMeasure measure : MEASURES) {
            stars.put(measure, digits.charAt(measure.ordinal()) - '0');
        }
        return new HcahpsStars(stars);
    }

    /** The published figures are not part of the project: {@code -Dtouchstone.data=DIR}, or beside the checkout. */
    @Test
    void everyPublishedSummaryStarAndYesNoScoreIsReproduced() throws IOException {
        Path file = Path.of(System.getProperty("touchstone.data", "../../shared/data"), "hcahps_stars.csv");
        assumeTrue(Files.isRegularFile(file), () -> "not there: " + file + "; set -Dtouchstone.data=DIR to its folder");
        List<String> lines = Files.readAllLines(file);
        List<String> names = List.of(lines.get(0).split(",", -1));
        List<String> codes = List.of(
                "COMP_1", "COMP_2", "COMP_3", "COMP_5", "COMP_6", "COMP_7", "CLEAN", "QUIET", "HSP_RATING", "RECMND");
        List<String> wrong = new ArrayList<>();
        int hospitals = 0;
        for (String line : lines.subList(1, lines.size())) {
            Map<String, Integer> row = new HashMap<>();
            String[] fields = line.split(",", -1);
            for (int i = 1; i < fields.length; i++) {
                row.put(names.get(i), Integer.valueOf(fields[i]));
            }
            Map<HcahpsMeasure, Integer> stars = new EnumMap<>(HcahpsMeasure.class);
            for (HcahpsMeasure measure : MEASURES) {
                stars.put(measure, row.get("H_" + codes.get(measure.ordinal()) + "_STAR_RATING"));
            }
            long yes = row.get("H_COMP_6_Y_P");
            double linear = new HcahpsAnswers(Scale.YES_NO, List.of(100 - yes, yes))
                    .linearScore()
                    .orElseThrow()
                    .value();
            if (new HcahpsStars(stars).summary() != row.get("H_STAR_RATING")
                    || Math.round(linear) != row.get("H_COMP_6_LINEAR_SCORE")) {
                wrong.add(line);
            }
            hospitals++;
        }
        System.out.printf(
                "HCAHPS: %d of %d summary stars and yes/no composites%n", hospitals - wrong.size(), hospitals);
        assertThat(wrong).isEmpty();
        assertThat(hospitals).isEqualTo(3_462);
    }
}
