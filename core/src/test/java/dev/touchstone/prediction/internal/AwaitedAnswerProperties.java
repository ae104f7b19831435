package dev.touchstone.prediction.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is computed for every event, without a lock and from few bytes, is what the learner says. */
class AwaitedAnswerProperties {

    private static final long HOUR = 3_600_000;
    private static final List<String> EFFECTS = List.of("seller", "category");

    private static AwaitedAnswer awaited(Random random, long timeMs) {
        double outcome = random.nextInt(3) / 4.0;
        double promise = random.nextDouble() * 0.2;
        double pace = random.nextDouble() * 0.1;
        double effort = random.nextDouble() * 0.2;
        Assessment assessment = Assessment.of(
                Assessment.Kind.EVENT,
                timeMs,
                timeMs,
                1,
                1,
                new Assessment.Losses(1 - outcome - promise - pace - effort, outcome, promise, pace, effort, 0),
                random.nextBoolean() ? Effort.NONE : Effort.of(Map.of(EffortDriver.RETRY, 1.5)),
                Verdict.values()[random.nextInt(3)],
                random.nextInt(4) == 0 ? Double.NaN : 8 * random.nextDouble() - 4);
        AwaitedAnswer awaited = AwaitedAnswer.blank();
        awaited.expect(assessment, Channel.WEB);
        awaited.clearKeys(EFFECTS.size());
        for (int i = 0; i < EFFECTS.size(); i++) {
            awaited.key(i, EFFECTS.get(i), random.nextInt(4) == 0 ? "" : String.valueOf(random.nextInt(5)));
        }
        return awaited;
    }

    @Property(tries = 30)
    void predictorOfAnEventIsThatOfTheLearner(@ForAll long seed, @ForAll @IntRange(max = 700) int answers) {
        Random random = new Random(seed);
        Learner fromFew = new Learner(EFFECTS);
        Learner learner = new Learner(EFFECTS);
        for (int i = 0; i < answers; i++) {
            AwaitedAnswer event = awaited(random, i * HOUR);
            Case assessed = event.toCase(EFFECTS);
            Weights weights = fromFew.weightsNow();
            weights.predict(event);
            double expected = learner.predictor(assessed, event.timeMs());
            assertThat(event.predictor()).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
            Prediction prediction = learner.predict(assessed, event.timeMs(), 1);
            assertThat(1 - weights.chances(event).bad()).isCloseTo(prediction.satisfied(), within(1e-9));
            assertThat(1 - weights.chances(event).low())
                    .isCloseTo(prediction.interval().high(), within(1e-9));
            assertThat(1 - weights.chances(event).high())
                    .isCloseTo(prediction.interval().low(), within(1e-9));
            Answer answer = Answer.of(Feedback.csat(1 + random.nextInt(5))).orElseThrow();
            learner.learn(assessed, event.predictor(), answer, i * HOUR);
            fromFew.learn(event, answer, i * HOUR);
        }
        assertThat(fromFew.answers()).isEqualTo(answers);
    }

    @Property(tries = 200)
    void whatIsAwaitedIsCopiedAndListedWhole(@ForAll long seed) {
        AwaitedAnswer event = awaited(new Random(seed), 42);
        new Learner(EFFECTS).weightsNow().predict(event);
        AwaitedAnswer copy = event.copy();
        assertThat(Fields.export(copy::fields))
                .isEqualTo(Fields.export(event::fields))
                .doesNotContainValue(null);
        copy.expect(Assessment.of(Assessment.Kind.EVENT, 43, Map.of(), Effort.NONE, Verdict.MET), Channel.PHONE);
        copy.clearKeys(EFFECTS.size());
        copy.key(0, "seller", "another");
        assertThat(event.key("seller")).isNotEqualTo("another");
        assertThat(event.timeMs()).isEqualTo(42);
        assertThat(event.channel()).isEqualTo(Channel.WEB);
    }
}
