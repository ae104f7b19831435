package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.CustomerBook.Held;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.TouchpointRules;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assesses an admitted event and folds it into the state of its customer: first the event itself, then the answer.
 * Immutable and thread-safe; the state is changed under the record's lock.
 */
final class EventFold implements CustomerBook.Change<Admitted, Assessed> {

    private final Assessor assessor;
    private final CustomerFold fold;
    private final CustomerCounts counts;
    private final Predicate<String> declared;
    private final @Nullable AnswerPredictor predictor;
    private final boolean predictsForListeners;
    private final @Nullable CustomerSignals signals;
    private final boolean keepsValue;
    private final Variants variants;

    /**
     * Creates one.
     *
     * @param declared returns whether a journey is currently declared
     * @param predictor predicts answers; null if prediction is off
     * @param predictsForListeners whether listeners receive predictions
     * @param signals judges customers; null without care
     * @param keepsValue whether the money that customers spend and cost is recorded
     * @param variants the attributes whose values are compared
     */
    EventFold(
            Assessor assessor,
            CustomerFold fold,
            CustomerCounts counts,
            Predicate<String> declared,
            @Nullable AnswerPredictor predictor,
            boolean predictsForListeners,
            @Nullable CustomerSignals signals,
            boolean keepsValue,
            Variants variants) {
        this.assessor = assessor;
        this.fold = fold;
        this.counts = counts;
        this.declared = declared;
        this.predictor = predictor;
        this.predictsForListeners = predictsForListeners;
        this.signals = signals;
        this.keepsValue = keepsValue;
        this.variants = variants;
    }

    /** Assesses an event without a customer. */
    Assessed anonymous(Admitted admitted) {
        TouchpointEvent event = admitted.event();
        TouchpointRules rules = admitted.declaration().rules();
        Assessment happened =
                event.happened() ? assessor.assessAnonymous(event, admitted.timeMs(), rules, admitted.pace()) : null;
        Feedback answer = scoredAnswer(event);
        Assessment answered = answer == null ? null : assessor.assess(answer, admitted.timeMs(), rules);
        return new Assessed(admitted, null, happened, answered, Consequences.NONE);
    }

    @Override
    public Assessed apply(Admitted admitted, CustomerKey key, Held held) {
        spend(held, admitted);
        CustomerState state = held.state();
        if (admitted.declaration().rules().journey() == null && !state.isOpen()) {
            // like most events: no journey can change, so no observer is created
            Assessment happened = happened(admitted, state, JourneyObserver.NOBODY);
            Assessment answered = answered(admitted, state);
            Prediction predicted = predict(held, admitted, happened);
            List<Signal> raised = judge(held, key, admitted, happened);
            VariantFacts facts = facts(held, admitted, 0, 0);
            Consequences consequences =
                    Consequences.of(List.of(), List.of(), predicted, raised, isNew(state, admitted), facts);
            return new Assessed(admitted, key, happened, answered, consequences);
        }
        CustomerCounts.OfEvent journeys = counts.journeysOfEvent(key);
        fold.loseUndeclared(state, declared, journeys);
        fold.timeOut(state, admitted.timeMs(), journeys);
        List<CustomerChange> timedOut = journeys.take();
        Assessment happened = happened(admitted, state, journeys);
        Assessment answered = answered(admitted, state);
        Prediction predicted = predict(held, admitted, happened);
        List<Signal> raised = judge(held, key, admitted, happened);
        VariantFacts facts = facts(held, admitted, journeys.begun(), journeys.completed());
        Consequences consequences =
                Consequences.of(timedOut, journeys.take(), predicted, raised, isNew(state, admitted), facts);
        return new Assessed(admitted, key, happened, answered, consequences);
    }

    /** Returns whether it is the customer's first event at the touchpoint, and records the visit. */
    private static boolean isNew(CustomerState state, Admitted admitted) {
        return admitted.event().happened() && state.visit(admitted.touchpoint().bit());
    }

    private @Nullable VariantFacts facts(Held held, Admitted admitted, int begun, int completed) {
        if (!admitted.event().happened() || !variants.concern(admitted.event())) {
            return null;
        }
        double satisfied = predictor == null ? Double.NaN : predictor.satisfied(held);
        return begun == 0 && completed == 0 && Double.isNaN(satisfied)
                ? null
                : new VariantFacts(begun, completed, satisfied);
    }

    private void spend(Held held, Admitted admitted) {
        if (!keepsValue) {
            return;
        }
        double amount = admitted.event().amountOrNaN();
        double cost = admitted.event().costOrNaN();
        Outcome outcome = admitted.event().outcomeOrSuccess();
        if (outcome == Outcome.FAILURE || outcome == Outcome.ABANDONED) {
            amount = Double.NaN; // it may have cost something, but nothing was bought
        }
        if (!(Double.isNaN(amount) && Double.isNaN(cost))) {
            held.spend(held.spending().plus(amount, cost, admitted.timeMs()));
        }
    }

    private List<Signal> judge(Held held, CustomerKey key, Admitted admitted, @Nullable Assessment happened) {
        return signals == null ? List.of() : signals.judge(held, key, admitted, happened);
    }

    /**
     * Expects an answer to the event, learns the answer, and returns the resulting prediction if listeners receive it.
     */
    private @Nullable Prediction predict(Held held, Admitted admitted, @Nullable Assessment happened) {
        if (predictor == null) {
            return null;
        }
        if (happened != null) {
            predictor.happened(held, admitted, happened);
        }
        predictor.answered(held, admitted);
        return predictsForListeners ? predictor.prediction(held, admitted.nowMs()) : null;
    }

    private @Nullable Assessment happened(Admitted admitted, CustomerState state, JourneyObserver journeys) {
        return admitted.event().happened()
                ? fold.happened(
                        state,
                        admitted.event(),
                        admitted.timeMs(),
                        admitted.channel(),
                        admitted.declaration().rules(),
                        admitted.pace(),
                        admitted.nowMs(),
                        journeys)
                : null;
    }

    private @Nullable Assessment answered(Admitted admitted, CustomerState state) {
        Feedback answer = scoredAnswer(admitted.event());
        return answer == null
                ? null
                : fold.answered(
                        state, answer, admitted.timeMs(), admitted.declaration().rules());
    }

    private static @Nullable Feedback scoredAnswer(TouchpointEvent event) {
        Feedback feedback = event.feedbackOrNull();
        return feedback == null || feedback.scale().isAboutEffort() ? null : feedback;
    }
}
