package dev.touchstone.prediction.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Feedback;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Predicted satisfaction as on the scoring page. The expected numbers come from a script that shares no code with it. */
class LearnerTest {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final Offset<Double> EXACT = within(1e-12);

    private static final Answer BAD = new Answer(1, true);
    private static final Answer GOOD = new Answer(0, false);

    private static final Assessment FAILURE =
            Assessment.of(Assessment.Kind.EVENT, 0, Map.of(LossDriver.OUTCOME, 1.0), Effort.NONE, Verdict.MISSED);
    private static final Assessment USUAL =
            Assessment.of(Assessment.Kind.EVENT, 0, Map.of(LossDriver.PACE, 0.1), Effort.NONE, Verdict.MET);
    private static final Assessment LATE = Assessment.of(
            Assessment.Kind.EVENT,
            0,
            0,
            1,
            1,
            new Assessment.Losses(0.4, 0, 0.2, 0.1, 0.3, 0),
            Effort.of(Map.of(EffortDriver.RETRY, 1.5)),
            Verdict.MISSED,
            2.0);

    private static Case plain(Assessment assessment) {
        return Case.of(assessment, List.of());
    }

    private static void is(Prediction prediction, double satisfied, double low, double high) {
        assertThat(prediction.satisfied()).isCloseTo(satisfied, EXACT);
        assertThat(prediction.interval().low()).isCloseTo(low, EXACT);
        assertThat(prediction.interval().high()).isCloseTo(high, EXACT);
    }

    @Test
    void firstAnswersAreLearnedAsWorkedOut() {
        Learner learner = new Learner(List.of());
        Case failure = plain(FAILURE);
        Case usual = plain(USUAL);
        is(learner.predict(failure, 0, 1), 0.3343700386698558, 0.0003992860357575623, 0.9913059839868232);
        is(learner.predict(usual, 0, 1), 0.7809224273297783, 0.3869858238606645, 0.9695279667353558);
        assertThat(learner.predictor(failure, 0)).isCloseTo(0.6884856225942113, EXACT);

        learner.learn(failure, learner.predictor(failure, 0), BAD, 0);
        is(learner.predict(failure, DAY, 1), 0.14710092563669375, 0.0018307413633997793, 0.7331760954403106);
        is(learner.predict(usual, DAY, 1), 0.7566300751619663, 0.3598310770552281, 0.9628631920705728);

        learner.learn(usual, learner.predictor(usual, DAY), GOOD, DAY);
        is(learner.predict(failure, DAY, 1), 0.15648699706841973, 0.0019107311268689031, 0.7575490505123118);
        is(learner.predict(usual, DAY, 1), 0.8012658761634248, 0.45100067760632134, 0.9677359093005412);
        assertThat(learner.answers()).isEqualTo(2);
    }

    /** Returns a learner that an hour apart has learned 500 answers: each fourth is bad, the next one a 4 of 5. */
    private static Learner taught(List<String> effects) {
        Learner learner = new Learner(effects);
        List<String> none = effects.stream().map(effect -> "").toList();
        for (int i = 0; i < 500; i++) {
            assertThat(learner.answers()).isEqualTo(i);
            Case next = Case.of(i % 4 == 0 ? FAILURE : USUAL, none);
            Answer answer = i % 4 == 0 ? BAD : i % 4 == 1 ? new Answer(0.1, false) : GOOD;
            learner.learn(next, learner.predictor(next, i * HOUR), answer, i * HOUR);
        }
        return learner;
    }

    @Test
    void allFeaturesAndKeysAreLearnedAsWorkedOut() {
        Learner learner = taught(List.of("seller", "category"));
        long now = 500 * HOUR;
        Case late = Case.of(LATE, List.of("77", "toys"));
        is(learner.predict(late, now, 1), 0.5652991998770462, 0.005476638332559736, 0.9965393445814477);

        double predictor = learner.predictor(late, now);
        assertThat(predictor).isCloseTo(0.04137155714976611, EXACT);
        learner.learn(late, predictor, new Answer(0.5, false), now + DAY);
        is(learner.predict(late, now + DAY, 1), 0.5781638919431629, 0.015782210044970935, 0.9912300565463027);

        learner.learn(late, learner.predictor(late, now + DAY), BAD, now + 31 * DAY);
        Prediction after = learner.predict(late, now + 31 * DAY, 1);
        is(after, 0.36485575286342853, 0.008688485654103517, 0.9580884653818552);
        double key = 0.04529296665576054;
        Map<String, Double> terms = Map.ofEntries(
                entry("base", -3.142547283623407),
                entry("quality", 3.241718382018863),
                entry("outcome", 0.0),
                entry("promise", 0.003778932465587181),
                entry("pace", 0.0),
                entry("effort", 0.00852213928799485),
                entry("anyEffort", 0.09469043653327613),
                entry("slowness", 0.37876174613310454),
                entry("seller=77", key),
                entry("seller=77 and MISSED", key),
                entry("category=toys", key));
        assertThat(after.explanation().parts()).containsOnlyKeys(terms.keySet());
        terms.forEach((name, term) ->
                assertThat(after.explanation().part(name)).as(name).isCloseTo(term, EXACT));
        assertThat(after.explanation().sum()).isCloseTo(0.7208032527827003, EXACT);

        // another event of the seller, a year later: the key of MISSED says nothing of it, and much is forgotten
        is(
                learner.predict(Case.of(USUAL, List.of("77", "toys")), now + 400 * DAY, 1),
                0.9920401080866842,
                0.9652908292730987,
                0.9990179100681729);
    }

    @Test
    void only500AnswersBringInFurtherFeaturesAndKeys() {
        Learner fewer = new Learner(List.of("seller"));
        Case late = Case.of(LATE, List.of("77"));
        for (int i = 0; i < 499; i++) {
            fewer.learn(late, fewer.predictor(late, i), BAD, i);
        }
        Case otherSeller = Case.of(LATE, List.of("78"));
        assertThat(fewer.predictor(late, 499)).isEqualTo(fewer.predictor(otherSeller, 499));
        assertThat(fewer.predict(late, 499, 0).explanation().parts()).doesNotContainKey("seller=77");
        fewer.learn(late, fewer.predictor(late, 499), BAD, 499);
        // learned before, used from here on
        assertThat(fewer.predictor(late, 500)).isGreaterThan(fewer.predictor(otherSeller, 500) + 0.1);
    }

    @Test
    void keyWithFewAnswersIsNotNamed() {
        Learner learner = taught(List.of("seller"));
        Case late = Case.of(LATE, List.of("77"));
        for (int i = 0; i < 3; i++) {
            learner.learn(late, 0, BAD, 501 * HOUR);
        }
        assertThat(learner.predict(late, 502 * HOUR, 3).explanation().parts())
                .containsKeys("seller=77", "seller=77 and MISSED");
        Prediction small = learner.predict(late, 502 * HOUR, 4);
        assertThat(small.explanation().parts())
                .containsKeys("seller", "seller and MISSED")
                .noneSatisfy((name, term) -> assertThat(name).contains("77"));
        assertThat(small.explanation().sum())
                .isCloseTo(learner.predict(late, 502 * HOUR, 3).explanation().sum(), EXACT);
    }

    @Test
    void keyLearnedLeastRecentlyGoesBackToThePrior() {
        EffectTable table = new EffectTable("seller", false, new HashMap<>());
        Effect learned = Effect.prior(0).learned(0.5, 0.2, 0.9);
        for (int i = 0; i < EffectTable.CAPACITY; i++) {
            table.put("k" + i, learned);
        }
        table.put("k0", learned);
        table.put("new", learned);
        assertThat(table.size()).isEqualTo(EffectTable.CAPACITY);
        assertThat(table.at("k0", 0)).isEqualTo(learned);
        assertThat(table.at("k1", 0)).isEqualTo(Effect.prior(0));
        assertThat(table.at("new", 0)).isEqualTo(learned);
    }

    @Test
    void answerTeachesByItsPlaceOnTheScale() {
        assertThat(List.of(1, 2, 3, 4, 5))
                .extracting(value -> Answer.of(Feedback.csat(value)).orElseThrow())
                .containsExactly(BAD, BAD, new Answer(0.5, false), new Answer(0.1, false), GOOD);
        assertThat(List.of(0, 6, 7, 8, 9, 10))
                .extracting(value -> Answer.of(Feedback.nps(value)).orElseThrow())
                .containsExactly(BAD, BAD, new Answer(0.3, false), new Answer(0.3, false), GOOD, GOOD);
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(value -> Answer.of(Feedback.rating(value, 0, 4)).orElseThrow())
                .containsExactly(BAD, BAD, new Answer(0.5, false), new Answer(0.1, false), GOOD);
        assertThat(Answer.of(Feedback.rating(0.7, 0.1, 0.9)).orElseThrow()).isEqualTo(new Answer(0.1, false));
        assertThat(Answer.of(Feedback.csat(2.9)).orElseThrow()).isEqualTo(BAD);
        assertThat(Answer.of(Feedback.ces1(1))).isEmpty();
        assertThat(Answer.of(Feedback.ces2(1))).isEmpty();
        assertThat(Answer.of(Feedback.sentiment(1))).isEmpty();
    }

    @Test
    void featuresAreThoseOfThePage() {
        assertThat(plain(FAILURE).features())
                .containsExactly(new double[] {1, Math.log(49) + Math.log(9), 1, 0, -0.5, 0, 0, 0}, within(1e-12));
        assertThat(plain(USUAL).features()).containsExactly(new double[] {1, 0, 0, 0, 0, 0, 0, 0}, within(1e-12));
        assertThat(plain(LATE).features())
                .containsExactly(new double[] {1, Math.log(1.5) + Math.log(9), 0, 0.2, 0, 0.3, 1, 2}, within(1e-12));
        Assessment crawling = Assessment.of(
                Assessment.Kind.EVENT,
                0,
                0,
                1,
                1,
                new Assessment.Losses(0.8, 0, 0, 0.2, 0, 0),
                Effort.NONE,
                Verdict.MET,
                40);
        assertThat(plain(crawling).features()[7]).isEqualTo(3);
        assertThat(plain(LATE).missed()).isTrue();
        assertThat(plain(USUAL).missed()).isFalse();
    }

    @Test
    void learnersOfOtherAnswersAreMergedIntoAboutOneOfAll() {
        Learner all = new Learner(List.of("seller"));
        Learner merged = new Learner(List.of("seller"));
        List<Learner> parts =
                List.of(new Learner(List.of("seller")), new Learner(List.of("seller")), new Learner(List.of("seller")));
        for (int i = 0; i < 6000; i++) {
            boolean failed = i % 5 < 2;
            Case next = Case.of(failed ? FAILURE : USUAL, List.of(i % 7 == 0 ? "77" : "78"));
            Answer answer = i % 3 == 0 == failed ? BAD : GOOD;
            for (Learner learner : List.of(all, parts.get(i % 11 % 3))) {
                learner.learn(next, learner.predictor(next, i * HOUR), answer, i * HOUR);
            }
        }
        parts.forEach(merged::addAll);
        assertThat(merged.answers()).isEqualTo(6000);
        assertThat(merged.reliability().answers()).isCloseTo(6000, within(1e-6));
        for (Case each : List.of(
                Case.of(FAILURE, List.of("77")), Case.of(USUAL, List.of("77")), Case.of(USUAL, List.of("78")))) {
            Prediction one = all.predict(each, 6000 * HOUR, 1);
            Prediction several = merged.predict(each, 6000 * HOUR, 1);
            assertThat(several.satisfied()).isCloseTo(one.satisfied(), within(0.06));
            assertThat(width(several.interval())).isCloseTo(width(one.interval()), within(0.06));
        }
        assertThatThrownBy(() -> merged.addAll(new Learner(List.of("category"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("effects [category]: expected [seller]");
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    @Test
    void predictionFarFromZeroIsWithinItsInterval() {
        Learner learner = new Learner(List.of());
        learner.weights().learn(new double[] {1, 0, 0, 0, 0, 0, 0, 0}, 21.5, 0, 1);
        Prediction prediction = learner.predict(plain(USUAL), 0, 1);
        assertThat(prediction.interval().high()).isEqualTo(prediction.satisfied());
        learner.weights().learn(new double[] {1, 0, 0, 0, 0, 0, 0, 0}, -40, 0, 1);
        prediction = learner.predict(plain(USUAL), 0, 1);
        assertThat(prediction.interval().low()).isEqualTo(prediction.satisfied());
    }

    @Test
    void wrongNumberOfKeysOrEffectsIsRejected() {
        assertThatThrownBy(() -> new Learner(List.of("seller")).predictor(plain(USUAL), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one for each of [seller]");
        assertThatThrownBy(() -> new Learner(List.of("a", "b", "c", "d", "e")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 4");
    }
}
