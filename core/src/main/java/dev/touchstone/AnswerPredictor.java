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
 * Predicts customers' answers and learns from those they give. Answers are rare and are learned under one monitor.
 * Predictions for recorded events read the weights published by the last answer and never block. Thread-safe; the data
 * of a customer is used under the record's lock.
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
     * Creates a predictor that has learned no answers.
     *
     * @param effects the names of the effects
     * @param minimumGroupSize the number of answers an effect's key needs to be named
     */
    AnswerPredictor(List<String> effects, int minimumGroupSize, AttributeValues values) {
        this.effects = effects.toArray(new String[0]);
        this.minimumGroupSize = minimumGroupSize;
        this.values = values;
        this.learner = new Learner(effects, CONCURRENT);
        this.weights = learner.weightsNow();
    }

    /** Returns the number of learned answers. */
    long answers() {
        return weights.answers();
    }

    /** Returns a copy of the learner. */
    Learner saved() {
        synchronized (learning) {
            return learner.copy();
        }
    }

    /** Continues from another learner. Effects that are no longer declared are dropped. */
    void restore(Learner saved, long latestMs) {
        synchronized (learning) {
            learner = saved.with(List.of(effects), CONCURRENT);
            learner.goBack(latestMs);
            weights = learner.weightsNow();
        }
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long toMs) {
        synchronized (learning) {
            learner.goBack(toMs);
        }
    }

    /** Expects an answer to an event, unless an answer to a later event is already expected. */
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

    /**
     * Learns the answer of an event if it is the first answer to the last event, is not about effort, and is not too
     * late.
     */
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

    /** Returns the customer's predicted answer; null if nothing happened recently, or before any answer was learned. */
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
     * Returns the probability that the answer to the last event would be a satisfied one; NaN if no answer is expected,
     * or before any answer was learned. Never blocks.
     */
    double satisfied(Held held) {
        Weights latest = weights;
        AwaitedAnswer awaited = held.awaited();
        return awaited == null || latest.answers() == 0
                ? Double.NaN
                : 1 - latest.chances(awaited).bad();
    }

    /** Returns whether a bad answer is clearly predicted for the customer, based on enough learned answers. */
    boolean isDissatisfied(Held held, long nowMs) {
        Weights latest = weights;
        if (latest.answers() < CustomerRules.ENOUGH_ANSWERS) {
            return false;
        }
        AwaitedAnswer awaited = held.awaited();
        return awaited != null && awaited.isKeptAt(nowMs) && latest.isSurelyBad(awaited);
    }

    /** Returns the predicted answers of all customers. */
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
            if (awaited.isKeptAt(nowMs)) { // the sweep may lag by up to a minute
                outlook.add(state.lastTouchpointOrBlank(), awaited.channel(), latest.chances(awaited));
            }
        });
        return outlook;
    }
}
