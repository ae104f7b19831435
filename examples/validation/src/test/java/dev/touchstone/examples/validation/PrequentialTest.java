package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.prediction.internal.Case;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PrequentialTest {

    private static final long HOUR = 3_600_000;
    private static final List<String> EFFECTS = List.of("seller");

    /** Cases an hour apart, each answered three hours later; failures are disliked, and so is seller a. */
    private static List<Asked> cases(int size, IntToDoubleFunction csat) {
        List<Asked> cases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Assessment assessment = Assessment.of(
                    Assessment.Kind.EVENT,
                    0,
                    Map.of(LossDriver.OUTCOME, i % 3 == 0 ? 0.8 : 0.1),
                    Effort.NONE,
                    Verdict.MISSED);
            Case assessed = Case.of(assessment, List.of(i % 5 == 0 ? "a" : "b"));
            cases.add(new Asked(i * HOUR, (i + 3) * HOUR, assessed, csat.applyAsDouble(i)));
        }
        return cases;
    }

    private static double answer(int i) {
        return i % 3 == 0 || i % 5 == 0 ? 1 : 5;
    }

    @Test
    void laterAnswerChangesNoEarlierPrediction() {
        int changed = 700;
        for (Run run : Run.values()) {
            double[] before = new Prequential(EFFECTS, cases(900, PrequentialTest::answer)).risks(run);
            double[] after =
                    new Prequential(EFFECTS, cases(900, i -> i < changed ? answer(i) : 6 - answer(i))).risks(run);
            // an answer that arrives in the instant of a question is later too
            int known = changed + 3 + 1;
            assertThat(Arrays.copyOf(after, known)).as(run.label).containsExactly(Arrays.copyOf(before, known));
            assertThat(after[899]).as(run.label).isNotEqualTo(before[899]);
        }
    }

    @Test
    void answerIsLearnedWhenItHasArrived() {
        double[] bad = new Prequential(EFFECTS, cases(10, i -> i == 0 ? 1 : 5)).risks(Run.ALL);
        double[] good = new Prequential(EFFECTS, cases(10, i -> 5)).risks(Run.ALL);
        assertThat(Arrays.copyOf(bad, 4)).containsExactly(Arrays.copyOf(good, 4));
        assertThat(bad[4]).isGreaterThan(good[4]);
    }

    @Test
    void answerIsLearnedThoughAnEarlierQuestionIsStillOpen() {
        double bad = new Prequential(EFFECTS, firstIsAnsweredLast(i -> i == 1 ? 1 : 5)).risks(Run.ALL)[7];
        double good = new Prequential(EFFECTS, firstIsAnsweredLast(i -> 5)).risks(Run.ALL)[7];
        assertThat(bad).isGreaterThan(good);
    }

    private static List<Asked> firstIsAnsweredLast(IntToDoubleFunction csat) {
        List<Asked> cases = cases(10, csat);
        Asked first = cases.get(0);
        cases.set(0, new Asked(first.askedMs(), 24 * HOUR, first.assessed(), first.csat()));
        return cases;
    }

    @Test
    void casesMayComeInAnyOrder() {
        List<Asked> inOrder = cases(100, PrequentialTest::answer);
        List<Asked> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(5));
        double[] expected = new Prequential(EFFECTS, inOrder).risks(Run.ALL);
        double[] risks = new Prequential(EFFECTS, shuffled).risks(Run.ALL);
        assertThat(shuffled.stream()
                        .map(asked -> expected[inOrder.indexOf(asked)])
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(risks).boxed().toList());
    }

    @Test
    void eachRunLearnsOnlyWhatItReceives() {
        Prequential prequential = new Prequential(EFFECTS, cases(900, PrequentialTest::answer));
        for (List<Run> ofLessAndLess : List.of(
                List.of(Run.ALL, Run.INVERTED_2, Run.INVERTED_10, Run.INVERTED_20),
                List.of(Run.ALL, Run.ANSWERS_30, Run.ANSWERS_10, Run.ANSWERS_1))) {
            // the last case is a good one
            assertThat(ofLessAndLess)
                    .extracting(run -> prequential.risks(run)[899])
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void ownAnswerIsNeverKnownBeforehand() {
        List<Asked> before = cases(50, PrequentialTest::answer);
        List<Asked> early = new ArrayList<>(before);
        Asked last = before.get(49);
        early.set(49, new Asked(last.askedMs(), 0, last.assessed(), 6 - last.csat()));
        assertThat(new Prequential(EFFECTS, early).risks(Run.ALL))
                .containsExactly(new Prequential(EFFECTS, before).risks(Run.ALL));
    }

    @Test
    void answerAfterThirtyDaysTeachesNothing() {
        List<Asked> cases = new ArrayList<>(cases(2, i -> 1));
        Asked first = cases.get(0);
        Asked second = cases.get(1);
        long days31 = 31L * 24 * HOUR;
        cases.set(0, new Asked(0, days31, first.assessed(), 1));
        cases.set(1, new Asked(days31 + HOUR, days31 + HOUR, second.assessed(), 1));
        double late = new Prequential(EFFECTS, cases).risks(Run.ALL)[1];
        cases.set(0, new Asked(0, days31, first.assessed(), 5));
        assertThat(new Prequential(EFFECTS, cases).risks(Run.ALL)[1]).isEqualTo(late);
    }

    @Test
    void runsReceiveTheirShareOfTheAnswers() {
        double[] answers = new double[10_000];
        Arrays.fill(answers, 2);
        for (Run run : Run.values()) {
            double[] received = run.received(answers);
            double given = Arrays.stream(received)
                    .filter(answer -> !Double.isNaN(answer))
                    .count();
            double inverted =
                    Arrays.stream(received).filter(answer -> answer == 4).count();
            assertThat(List.of(given / 10_000, inverted / 10_000))
                    .as(run.label)
                    .satisfiesExactly(
                            share -> assertThat(share).isCloseTo(number(run, "ANSWERS_", 100) / 100, within(0.01)),
                            share -> assertThat(share).isCloseTo(number(run, "INVERTED_", 0) / 100, within(0.01)));
        }
    }

    private static double number(Run run, String prefix, double otherwise) {
        return run.name().startsWith(prefix) ? Double.parseDouble(run.name().substring(prefix.length())) : otherwise;
    }

    @Test
    void mergedLearnersKnowOnlyWhatWasAnsweredBefore() {
        List<Asked> before = cases(900, PrequentialTest::answer);
        List<Asked> after = cases(900, i -> i < 600 ? answer(i) : 6 - answer(i));
        long split = 603 * HOUR;
        assertThat(new Prequential(EFFECTS, after).mergedRisks(4, split))
                .containsExactly(new Prequential(EFFECTS, before).mergedRisks(4, split));
    }

    @Test
    void mergedLearnersKnowEachAnswerOnce() {
        Prequential prequential = new Prequential(EFFECTS, cases(900, PrequentialTest::answer));
        double[] once = prequential.mergedRisks(1, 603 * HOUR);
        double[] merged = prequential.mergedRisks(4, 603 * HOUR);
        for (int i = 603; i < 900; i++) {
            // they have learned that failures are disliked, and seller a
            assertThat(once[i]).isCloseTo(answer(i) == 1 ? 1 : 0, within(0.05));
            // four times the answers would be surer
            assertThat(merged[i]).isCloseTo(once[i], within(0.03));
        }
    }
}
