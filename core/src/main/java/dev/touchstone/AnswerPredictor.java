package dev.touchstone;

import dev.touchstone.care.internal.CustomerRules;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.CustomerBook.Held;
import dev.touchstone.event.Feedback;
import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.prediction.internal.Answer;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.prediction.internal.Weights;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what customers would answer, and learns from what they do answer. Answers are rare and are learned under one
 * monitor; what is computed for every event reads what the last answer left, and waits for nobody. Thread-safe; what is kept
 * of a customer is used under the lock of the record.
 */
final class AnswerPredictor {

    private static final String OWNER = "owner";

    private static final Learner.Maps CONCURRENT = new Learner.Maps() {
        @Override
        public <K, V> Map<K, V> empty() {
            return new ConcurrentHashMap<>();
        }
    };

    private final String[] effects;
    private final int minimumGroupSize;
    private final AttributeValues values;
    private final Object learning = new Object();
    private Learner learner;
    private volatile Weights weights;

    /**
     * Makes one without answers.
     *
     * @param effects the names of the effects
     * @param minimumGroupSize how many answers the key of an effect needs to be named
     */
    AnswerPredictor(List<String> effects, int minimumGroupSize, AttributeValues values) {
        this.effects = effects.toArray(new String[0]);
        this.minimumGroupSize = minimumGroupSize;
        this.values = values;
        this.learner = new Learner(effects, CONCURRENT);
        this.weights = learner.weightsNow();
    }

    /** Returns how many answers were learned. */
    long answers() {
        return weights.answers();
    }

    /** Returns a copy of what was learned. */
    Learner saved() {
        synchronized (learning) {
            return learner.copy();
        }
    }

    /** Goes on where another learner stopped. Effects that are not declared any more are forgotten. */
    void restore(Learner saved, long latestMs) {
        synchronized (learning) {
            learner = saved.with(List.of(effects), CONCURRENT);
            learner.goBack(latestMs);
            weights = learner.weightsNow();
        }
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    void goBack(long toMs) {
        synchronized (learning) {
            learner.goBack(toMs);
        }
    }

    /** Awaits an answer to an event, unless a later one is known already. */
    void happened(Held held, Admitted admitted, Assessment happened) {
        AwaitedAnswer known = held.awaited();
        if (known != null && happened.timeMs() < known.timeMs()) {
            return;
        }
        AwaitedAnswer awaited = known == null ? AwaitedAnswer.blank() : known;
        awaited.expect(happened, admitted.channel());
        awaited.clearKeys(effects.length);
        for (int i = 0; i < effects.length; i++) {
            awaited.key(i, effects[i], key(effects[i], admitted));
        }
        weights.predict(awaited);
        if (known == null) {
            held.await(awaited);
        }
    }

    private String key(String effect, Admitted admitted) {
        if (effect.equals(OWNER)) {
            return admitted.declaration().definition().owner().orElse("");
        }
        return values.of(effect, admitted);
    }

    /** Learns the answer of an event, if it is the first to what happened last, is not about effort and not too late. */
    void answered(Held held, Admitted admitted) {
        Feedback feedback = admitted.event().feedbackOrNull();
        AwaitedAnswer awaited = held.awaited();
        if (feedback == null || awaited == null || !awaited.isAwaitedAt(admitted.timeMs())) {
            return;
        }
        Answer.of(feedback).ifPresent(answer -> {
            synchronized (learning) {
                learner.learn(awaited, answer, admitted.timeMs());
                weights = learner.weightsNow();
            }
        });
    }

    /** Returns what a customer would answer now; null if nothing happened lately, or before the first answer of anybody. */
    @Nullable
    Prediction prediction(Held held, long nowMs) {
        AwaitedAnswer awaited = held.awaited();
        if (awaited == null || !awaited.isKeptAt(nowMs) || weights.answers() == 0) {
            return null;
        }
        synchronized (learning) {
            return learner.predict(awaited, minimumGroupSize);
        }
    }

    /**
     * Returns the probability that the answer to what just happened would be a satisfied one; NaN if nothing is awaited, or
     * before the first answer of anybody. Waits for nobody.
     */
    double satisfied(Held held) {
        Weights latest = weights;
        AwaitedAnswer awaited = held.awaited();
        return awaited == null || latest.answers() == 0
                ? Double.NaN
                : 1 - latest.chances(awaited).bad();
    }

    /** Returns whether a customer would clearly give a bad answer now, as enough answers tell. */
    boolean isDissatisfied(Held held, long nowMs) {
        Weights latest = weights;
        if (latest.answers() < CustomerRules.ENOUGH_ANSWERS) {
            return false;
        }
        AwaitedAnswer awaited = held.awaited();
        return awaited != null && awaited.isKeptAt(nowMs) && latest.isSurelyBad(awaited);
    }

    /** Returns what everybody would answer now. */
    Outlook outlook(CustomerBook book, long nowMs) {
        Weights latest = weights;
        if (latest.answers() == 0) {
            return Outlook.NONE;
        }
        Reliability reliability;
        synchronized (learning) {
            reliability = learner.reliability();
        }
        Outlook outlook = new Outlook(reliability);
        book.forEachAwaited((state, awaited) -> {
            if (awaited.isKeptAt(nowMs)) { // a sweep may be a minute late
                outlook.add(state.lastTouchpointOrBlank(), awaited.channel(), latest.chances(awaited));
            }
        });
        return outlook;
    }
}
