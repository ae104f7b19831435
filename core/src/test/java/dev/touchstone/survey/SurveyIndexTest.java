package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Feedback;
import dev.touchstone.internal.HalfUp;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyIndexTest {

    @Test
    void theNetPromoterScoreHasTheMarginOfAMultinomial() {
        SurveyResult nps = Nps.of(250, 675, 75).result().orElseThrow();
        assertThat(nps.value()).isEqualTo(17.5);
        assertThat(HalfUp.format(nps.interval().high() - nps.value())).isEqualTo("3.36");
        assertThat(nps).hasToString("17.50 [14.14, 20.86] n 1000");
    }

    @Test
    void twoNetPromoterScoresAreComparedByAZTest() {
        Difference difference =
                Nps.of(200, 120, 80).minus(new Nps(groupsOf(0.42, 0.24, 380))).orElseThrow();
        assertThat(difference.value()).isCloseTo(12, within(0.2)); // 380 answers do not divide into .42 and .24
        double variance = 1e4 * ((0.7 - 0.09) / 400 + (0.66 - 0.18 * 0.18) / 380);
        Difference exact = Difference.of(12, variance);
        assertThat(HalfUp.format(exact.test().orElseThrow().z(), 3)).isEqualTo("2.129");
        assertThat(exact.test().orElseThrow().p()).isCloseTo(0.0332, within(5e-5));
        assertThat(exact).hasToString("+12.00 [0.95, 23.05] z 2.129");
        assertThat(difference.test().orElseThrow().z()).isCloseTo(2.129, within(0.05));
    }

    private static AnswerGroups groupsOf(double promoters, double detractors, long n) {
        long favorable = Math.round(promoters * n);
        long unfavorable = Math.round(detractors * n);
        return new AnswerGroups(favorable, n - favorable - unfavorable, unfavorable, 0, 0);
    }

    @Test
    void satisfactionIsTheShareOfTheTopTwoWithWilsonsInterval() {
        Csat csat = Csat.ofCounts(10, 10, 10, 40, 50);
        SurveyResult result = csat.result().orElseThrow();
        assertThat(result).hasToString("75.00 [66.56, 81.89] n 120");
        assertThat(csat.mean().orElseThrow().value()).isCloseTo((10 + 20 + 30 + 160 + 250) / 120.0, within(1e-12));
    }

    @Test
    void effortVersionTwoIsTheShareOfTheTopThree() {
        Ces2 ces = Ces2.ofCounts(2, 3, 5, 10, 15, 25, 40);
        assertThat(ces.result().orElseThrow().value()).isEqualTo(80.0);
        assertThat(ces.mean().orElseThrow().value()).isCloseTo(5.68, within(1e-12));
        assertThat(ces.mean().orElseThrow().interval().low()).isCloseTo(5.38, within(0.005));
        assertThat(ces.groups())
                .isEqualTo(new AnswerGroups(80, 10, 10, 568, ces.groups().squares()));
    }

    @Test
    void effortVersionOneIsAMeanOfWhichLowIsGood() {
        Ces1 ces = Ces1.ofCounts(30, 20, 20, 20, 10);
        assertThat(ces.result().orElseThrow().value()).isCloseTo(2.6, within(1e-12));
        assertThat(ces.groups().favorable()).isEqualTo(50);
        assertThat(ces.groups().unfavorable()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 0, 0", "9, 1, 0, 0", "8.9, 0, 1, 0", "7, 0, 1, 0", "6.9, 0, 0, 1", "0, 0, 0, 1"})
    void promotersArePassiveBelowNineAndDetractorsBelowSeven(
            double answer, long promoters, long passives, long detractors) {
        assertThat(Nps.answer(answer).groups())
                .isEqualTo(new AnswerGroups(promoters, passives, detractors, answer, answer * answer));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "2, 1, 0, 0", "2.5, 0, 1, 0", "3, 0, 1, 0", "3.5, 0, 0, 1", "5, 0, 0, 1"})
    void theLowerTheEasierInVersionOne(double answer, long easy, long neutral, long hard) {
        assertThat(Ces1.answer(answer).groups())
                .isEqualTo(new AnswerGroups(easy, neutral, hard, answer, answer * answer));
    }

    @Test
    void withoutAnswersThereIsNothing() {
        assertThat(Nps.NONE.result()).isEmpty();
        assertThat(Csat.NONE.result()).isEmpty();
        assertThat(Csat.NONE.mean()).isEmpty();
        assertThat(Ces1.NONE.result()).isEmpty();
        assertThat(Ces2.NONE.result()).isEmpty();
        assertThat(Nps.NONE.minus(Nps.of(1, 1, 1))).isEmpty();
        assertThat(Nps.of(1, 1, 1).minus(Nps.NONE)).isEmpty();
        assertThat(Csat.NONE.against(80, OptionalLong.empty())).isEmpty();
        assertThat(Ces1.NONE.against(3, OptionalLong.of(10))).isEmpty();
    }

    @Test
    void aSingleAnswerLeavesAMeanOpen() {
        SurveyResult mean = Ces1.answer(2).result().orElseThrow();
        assertThat(mean.value()).isEqualTo(2);
        assertThat(mean.interval().low()).isEqualTo(1);
        assertThat(mean.interval().high()).isEqualTo(5);
    }

    @Test
    void theResponseRateIsOfThoseWhoWereAsked() {
        SurveyResult result = Nps.of(250, 675, 75).result().orElseThrow();
        assertThat(result.responseRate()).isEmpty();
        assertThat(result.ofInvited(4000).responseRate()).hasValue(0.25);
        assertThat(result.ofInvited(4000)).hasToString("17.50 [14.14, 20.86] n 1000 of 25.0 %");
        assertThatThrownBy(() -> result.ofInvited(999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("999");
    }

    @Test
    void percentageRejectsMoreCasesThanThereAre() {
        assertThat(SurveyResult.percentage(1, 4)).hasToString("25.00 [4.56, 69.94] n 4");
        assertThatThrownBy(() -> SurveyResult.percentage(5, 4)).hasMessageContaining("5 of 4");
        assertThatThrownBy(() -> SurveyResult.percentage(-1, 4)).hasMessageContaining("-1 of 4");
        assertThatThrownBy(() -> SurveyResult.percentage(0, 0)).hasMessageContaining("0 of 0");
    }

    @Test
    void aPeerIsExactIfNobodySaysHowManyAnswered() {
        Csat csat = Csat.ofCounts(10, 10, 10, 40, 50);
        Difference exact = csat.against(70, OptionalLong.empty()).orElseThrow();
        assertThat(exact.value()).isCloseTo(5, within(1e-12));
        double variance = 1e4 * 0.75 * 0.25 / 120;
        assertThat(exact.test().orElseThrow().z()).isCloseTo(5 / Math.sqrt(variance), within(1e-12));
        Difference sampled = csat.against(70, OptionalLong.of(500)).orElseThrow();
        assertThat(sampled.test().orElseThrow().z())
                .isCloseTo(5 / Math.sqrt(variance + 1e4 * 0.7 * 0.3 / 500), within(1e-12));
        assertThat(Ces2.ofCounts(2, 3, 5, 10, 15, 25, 40)
                        .against(80, OptionalLong.of(9))
                        .orElseThrow()
                        .value())
                .isZero();
    }

    @Test
    void aPeersPromotersSpreadAsWidelyAsTheirScoreAllows() {
        Difference difference =
                Nps.of(250, 675, 75).against(32, OptionalLong.of(1200)).orElseThrow();
        double variance = 1e4 * ((0.325 - 0.175 * 0.175) / 1000 + (1 - 0.32 * 0.32) / 1200);
        assertThat(difference.value()).isEqualTo(-14.5);
        assertThat(difference.test().orElseThrow().z()).isCloseTo(-14.5 / Math.sqrt(variance), within(1e-12));
        assertThat(difference.test().orElseThrow().p()).isLessThan(1e-4);
    }

    @Test
    void aPeersEffortSpreadsAsOnesOwn() {
        Ces1 ces = Ces1.ofCounts(1, 0, 0, 0, 1); // mean 3, variance 8
        Difference difference = ces.against(2, OptionalLong.of(4)).orElseThrow();
        assertThat(difference.value()).isEqualTo(1);
        assertThat(difference.test().orElseThrow().z()).isCloseTo(1 / Math.sqrt(8.0 / 2 + 8.0 / 4), within(1e-12));
        assertThat(ces.minus(ces).orElseThrow().test().orElseThrow().p()).isEqualTo(1);
        assertThat(ces.minus(ces).orElseThrow().interval().high()).isCloseTo(1.96 * Math.sqrt(8), within(1e-12));
    }

    @Test
    void withoutSpreadThereIsNothingToTest() {
        Difference difference =
                Nps.of(3, 0, 0).against(32, OptionalLong.empty()).orElseThrow();
        assertThat(difference.value()).isEqualTo(68);
        assertThat(difference.test()).isEmpty();
        assertThat(difference).hasToString("+68.00 [68.00, 68.00]");
    }

    @Test
    void sharesDifferByTheirOwnSpreads() {
        Difference csat = Csat.ofCounts(0, 0, 30, 90, 0)
                .minus(Csat.ofCounts(0, 0, 50, 50, 0))
                .orElseThrow();
        assertThat(csat.value()).isEqualTo(25);
        double error = 100 * Math.sqrt(0.75 * 0.25 / 120 + 0.25 / 100);
        assertThat(csat.test().orElseThrow().z()).isCloseTo(25 / error, within(1e-12));
        Difference ces = Ces2.ofCounts(0, 0, 0, 30, 0, 0, 90)
                .minus(Ces2.ofCounts(50, 0, 0, 0, 50, 0, 0))
                .orElseThrow();
        assertThat(ces.test()).isEqualTo(csat.test());
    }

    @Test
    void answersCountWhereTheyBelong() {
        Answers answers = Answers.NONE
                .plus(Feedback.nps(10))
                .plus(Feedback.nps(3))
                .plus(Feedback.csat(4))
                .plus(Feedback.ces1(1))
                .plus(Feedback.ces2(7))
                .plus(Feedback.sentiment(-1))
                .plus(Feedback.rating(3, 1, 3));
        assertThat(answers.nps().groups()).isEqualTo(new AnswerGroups(1, 0, 1, 13, 109));
        assertThat(answers.csat()).isEqualTo(Csat.answer(4));
        assertThat(answers.ces1()).isEqualTo(Ces1.answer(1));
        assertThat(answers.ces2()).isEqualTo(Ces2.answer(7));
        assertThat(answers.isEmpty()).isFalse();
        assertThat(Answers.NONE.plus(Feedback.sentiment(1)).isEmpty()).isTrue();
        assertThat(answers.index("ces2")).contains(answers.ces2());
        assertThat(answers.index("ces")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.1, 10.1, 11})
    void whatIsNotOnTheScaleIsNoAnswer(double answer) {
        assertThatThrownBy(() -> Nps.answer(answer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Csat.answer(answer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ces1.answer(answer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ces2.answer(answer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answers.NONE.plus(Feedback.nps(answer))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answers.NONE.plus(Feedback.rating(answer, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsAreOnePerAnswerAndNotNegative() {
        assertThatThrownBy(() -> Csat.ofCounts(1, 2, 3, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ces1.ofCounts(1, 2, 3, 4, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Nps.of(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnswerGroups(0, 0, 0, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnswerGroups(0, 0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
