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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250 | 675 | 75 | 17.50 [14.09, 20.81] n 1000",
                "1 | 0 | 0 | 100.00 [-48.50, 100.00] n 1",
                "0 | 5 | 0 | 0.00 [-30.01, 30.01] n 5",
                "0 | 0 | 1 | -100.00 [-100.00, 48.50] n 1",
            })
    void netPromoterScoreHasTheAdjustedWaldInterval(long promoters, long passives, long detractors, String printed) {
        assertThat(Nps.of(promoters, passives, detractors).result().orElseThrow())
                .hasToString(printed);
    }

    @Test
    void netSentimentHasTheSameInterval() {
        assertThat(new Mentions.Side(1, 0, 0, 1).netSentiment().orElseThrow())
                .hasToString("100.00 [-48.50, 100.00] n 1");
    }

    @Test
    void twoNetPromoterScoresAreComparedByAZTestOfTheAdjustedValues() {
        SurveyResult.Difference difference =
                Nps.of(200, 120, 80).minus(Nps.of(160, 129, 91)).orElseThrow();
        assertThat(difference.value()).isCloseTo(30 - 100 * 69 / 380.0, within(1e-12));
        assertThat(HalfUp.format(difference.test().z(), 3)).isEqualTo("2.096");
        assertThat(difference.test().p()).isCloseTo(0.0361, within(5e-5));
        assertThat(difference).hasToString("+11.84 [0.76, 22.76] z 2.096");
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
        assertThat(ces.mean().orElseThrow().interval().low()).isCloseTo(5.3786, within(5e-5));
        assertThat(ces.groups())
                .isEqualTo(new Answers.Groups(80, 10, 10, 568, ces.groups().squares()));
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
                .isEqualTo(new Answers.Groups(promoters, passives, detractors, answer, answer * answer));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "2, 1, 0, 0", "2.5, 0, 1, 0", "3, 0, 1, 0", "3.5, 0, 0, 1", "5, 0, 0, 1"})
    void theLowerTheEasierInVersionOne(double answer, long easy, long neutral, long hard) {
        assertThat(Ces1.answer(answer).groups())
                .isEqualTo(new Answers.Groups(easy, neutral, hard, answer, answer * answer));
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
        assertThat(result.ofInvited(4000)).hasToString("17.50 [14.09, 20.81] n 1000 of 25.0 %");
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
    void threeEqualAnswersAreNoPoint() {
        SurveyResult ces = Ces1.ofCounts(0, 3, 0, 0, 0).result().orElseThrow();
        // s2 = (2 * 0 + 16/12)/3, t of 3 degrees of freedom 3.182
        assertThat(ces.interval().low()).isEqualTo(1);
        assertThat(ces.interval().high()).isCloseTo(2 + 3.182446 * Math.sqrt(16 / 12.0 / 3 / 3), within(1e-5));
        assertThat(Csat.ofCounts(0, 0, 0, 0, 3).mean().orElseThrow()).hasToString("5.00 [3.78, 5.00] n 3");
        assertThat(Ces2.ofCounts(0, 0, 0, 3, 0, 0, 0).mean().orElseThrow()).hasToString("4.00 [2.16, 5.84] n 3");
        assertThat(SurveyResult.mean(3, 150, 7500, 0, 100).orElseThrow()).hasToString("50.00 [19.38, 80.62] n 3");
    }

    @Test
    void peerIsExactWithoutItsNumberOfAnswers() {
        Csat csat = Csat.ofCounts(10, 10, 10, 40, 50);
        SurveyResult.Difference exact = csat.against(70, OptionalLong.empty()).orElseThrow();
        assertThat(exact.value()).isCloseTo(5, within(1e-12));
        double four = 92 / 124.0; // with four answers more, two of them satisfied
        assertThat(exact.test().z()).isCloseTo((four - 0.7) / Math.sqrt(four * (1 - four) / 124), within(1e-12));
        SurveyResult.Difference sampled = csat.against(70, OptionalLong.of(500)).orElseThrow();
        double own = 91 / 122.0; // with two each
        double theirs = 351 / 502.0;
        assertThat(sampled.test().z())
                .isCloseTo(
                        (own - theirs) / Math.sqrt(own * (1 - own) / 122 + theirs * (1 - theirs) / 502), within(1e-12));
        assertThat(Ces2.ofCounts(2, 3, 5, 10, 15, 25, 40)
                        .against(80, OptionalLong.of(9))
                        .orElseThrow()
                        .value())
                .isZero();
    }

    @Test
    void aPeersPromotersSpreadAsWidelyAsTheirScoreAllows() {
        SurveyResult.Difference difference =
                Nps.of(250, 675, 75).against(32, OptionalLong.of(1200)).orElseThrow();
        double own = 175 / 1003.0;
        double theirs = 384 / 1203.0;
        double variance = (326.5 / 1003 - own * own) / 1003 + (1201.5 / 1203 - theirs * theirs) / 1203;
        assertThat(difference.value()).isEqualTo(-14.5);
        assertThat(difference.test().z()).isCloseTo((own - theirs) / Math.sqrt(variance), within(1e-12));
        assertThat(difference.test().p()).isLessThan(1e-4);
    }

    @Test
    void aPeersEffortSpreadsAsOnesOwn() {
        Ces1 ces = Ces1.ofCounts(1, 0, 0, 0, 1); // mean 3, s2 = (8 + 16/12)/2
        double variance = (8 + 16 / 12.0) / 2;
        SurveyResult.Difference difference = ces.against(2, OptionalLong.of(4)).orElseThrow();
        assertThat(difference.value()).isEqualTo(1);
        assertThat(difference.test().z()).isCloseTo(1 / Math.sqrt(variance / 2 + variance / 4), within(1e-12));
        assertThat(difference.test().p())
                .isCloseTo(StudentT.bothTails(difference.test().z(), 2), within(1e-12));
        SurveyResult.Difference same = ces.minus(ces).orElseThrow();
        assertThat(same.test().p()).isEqualTo(1);
        // as many answers on either side: four degrees of freedom
        assertThat(same.interval().high()).isEqualTo(4);
        assertThat(Ces1.ofCounts(5, 5, 5, 5, 5)
                        .minus(Ces1.ofCounts(5, 5, 5, 5, 5))
                        .orElseThrow()
                        .interval()
                        .high())
                .isCloseTo(StudentT.quantile(50) * Math.sqrt(2 * (50 + 16 / 12.0) / 25 / 25), within(1e-12));
    }

    @Test
    void noDifferenceOfAFewEqualAnswersIsCertain() {
        assertThat(Nps.of(3, 0, 0).against(32, OptionalLong.empty()).orElseThrow())
                .hasToString("+68.00 [-38.58, 74.58] z 0.624");
        assertThat(Nps.of(1, 0, 0).minus(Nps.of(0, 0, 1)).orElseThrow().test().p())
                .isGreaterThan(0.3);
        assertThat(Csat.ofCounts(0, 0, 0, 0, 2)
                        .against(50, OptionalLong.empty())
                        .orElseThrow()
                        .test()
                        .p())
                .isGreaterThan(0.05);
        assertThat(Csat.ofCounts(0, 0, 0, 0, 1)
                        .minus(Csat.ofCounts(1, 0, 0, 0, 0))
                        .orElseThrow()
                        .interval()
                        .low())
                .isLessThan(0);
        assertThat(Ces1.answer(1).minus(Ces1.answer(5)).orElseThrow()).hasToString("-4.00 [-4.00, 3.03] z -2.449");
    }

    @Test
    void sharesDifferByTheirOwnSpreads() {
        SurveyResult.Difference csat = Csat.ofCounts(0, 0, 30, 90, 0)
                .minus(Csat.ofCounts(0, 0, 50, 50, 0))
                .orElseThrow();
        assertThat(csat.value()).isEqualTo(25);
        double own = 91 / 122.0; // Agresti and Caffo: two answers more on each side, one of them favorable
        double error = Math.sqrt(own * (1 - own) / 122 + 0.25 / 102);
        assertThat(csat.test().z()).isCloseTo((own - 0.5) / error, within(1e-12));
        SurveyResult.Difference ces = Ces2.ofCounts(0, 0, 0, 30, 0, 0, 90)
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
        assertThat(answers.nps().groups()).isEqualTo(new Answers.Groups(1, 0, 1, 13, 109));
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
        assertThatThrownBy(() -> new Answers.Groups(0, 0, 0, Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Answers.Groups(0, 0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
