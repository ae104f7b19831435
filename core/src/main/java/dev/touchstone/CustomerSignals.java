package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.care.internal.CustomerRules;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.customers.internal.CustomerBook.Held;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a customer after each change, under the record's lock: raises and clears signals, opens recovery cases, and
 * returns the signals to deliver. Thread-safe.
 */
final class CustomerSignals {

    private static final String MOMENT_OF_TRUTH = "failure at a moment of truth";
    private static final String PREDICTED = "a dissatisfied answer is predicted";

    private final CustomerRules rules;
    private final Scorer scorer;
    private final Registry registry;
    private final CaseBook cases;
    private final CaseOpener opener;
    private final Counters counters;
    private final SignalTally tally;
    private final @Nullable AnswerPredictor predictor;

    /** @param predictor predicts answers; null if prediction is off */
    CustomerSignals(
            Scorer scorer,
            Registry registry,
            CaseBook cases,
            CaseOpener opener,
            Counters counters,
            SignalTally tally,
            @Nullable AnswerPredictor predictor) {
        this.rules = new CustomerRules(scorer);
        this.scorer = scorer;
        this.registry = registry;
        this.cases = cases;
        this.opener = opener;
        this.counters = counters;
        this.tally = tally;
        this.predictor = predictor;
    }

    /** Judges the customer after an event, and returns the signals to deliver, usually none. */
    List<Signal> judge(Held held, CustomerKey customer, Admitted admitted, @Nullable Assessment happened) {
        boolean failed = happened != null
                && CustomerRules.isFailureAtMomentOfTruth(
                        admitted.event().outcomeOrSuccess(),
                        admitted.declaration().rules().importance());
        return judge(
                held,
                customer,
                admitted.declaration().definition().name(),
                admitted.channel(),
                failed,
                admitted.event().feedbackOrNull(),
                admitted.nowMs());
    }

    /** Judges the customer after a change without an event, and returns the signals to deliver. */
    List<Signal> judge(Held held, CustomerKey customer, long nowMs) {
        return judge(held, customer, held.state().lastTouchpointOrBlank(), Channel.UNKNOWN, false, null, nowMs);
    }

    private List<Signal> judge(
            Held held,
            CustomerKey customer,
            String touchpoint,
            Channel channel,
            boolean failed,
            @Nullable Feedback answer,
            long nowMs) {
        Standing standing = held.standing();
        if (standing == null && !failed && rules.isOrdinary(held.state(), answer) && !isDissatisfied(held, nowMs)) {
            return List.of();
        }
        Evidence evidence = held.state().evidence();
        double experience = rules.experience(evidence, nowMs);
        String risk = failed ? MOMENT_OF_TRUTH : risk(held, evidence, experience, nowMs);
        if (standing == null || !standing.isAtRisk()) {
            if (risk != null) {
                standing = standing(held);
                standing.raiseRisk(risk, touchpoint);
                openCase(customer, touchpoint, channel, risk, evidence.at(nowMs), nowMs);
            }
        } else if (risk == null && rules.isRecovered(held.state(), experience, nowMs)) {
            standing.clearRisk();
        }
        if (standing == null || !standing.isAdvocate()) {
            String advocacy = rules.advocacy(held.state(), experience, answer, nowMs);
            if (advocacy != null) {
                standing = standing(held);
                standing.raiseAdvocate(advocacy);
            }
        } else {
            String disappointment = rules.disappointment(experience, answer);
            if (disappointment != null) {
                standing.clearAdvocate(disappointment);
            }
        }
        return standing == null ? List.of() : deliver(held, standing, customer, touchpoint, nowMs);
    }

    private void openCase(
            CustomerKey customer,
            String touchpoint,
            Channel channel,
            String reason,
            Evidence.Reading evidence,
            long nowMs) {
        if (!touchpoint.isEmpty()
                && opener.open(customer, touchpoint, channel, reason, scorer.experience(evidence), nowMs) == null) {
            counters.warn(Warning.TOO_MANY_CASES);
        }
    }

    /** Moves the cases of a guest to the customer the guest was identified as. */
    void identified(CustomerKey guest, CustomerKey customer) {
        cases.move(guest, customer);
    }

    /** Removes the cases of an erased customer. */
    void forget(CustomerKey customer) {
        cases.forget(customer);
    }

    private @Nullable String risk(Held held, Evidence evidence, double experience, long nowMs) {
        String risk = rules.risk(evidence, experience, nowMs);
        return risk == null && isDissatisfied(held, nowMs) ? PREDICTED : risk;
    }

    private boolean isDissatisfied(Held held, long nowMs) {
        return predictor != null && predictor.isDissatisfied(held, nowMs);
    }

    private static Standing standing(Held held) {
        Standing standing = held.standing();
        if (standing == null) {
            standing = new Standing();
            held.stand(standing);
        }
        return standing;
    }

    /** Returns the deferred signals that are due, without judging. Removes a standing that is over. */
    List<Signal> deferred(Held held, CustomerKey customer, long nowMs) {
        Standing standing = held.standing();
        if (standing == null) {
            return List.of();
        }
        if (standing.isOver(nowMs)) {
            held.stand(null);
            return List.of();
        }
        return deliver(held, standing, customer, held.state().lastTouchpointOrBlank(), nowMs);
    }

    private List<Signal> deliver(Held held, Standing standing, CustomerKey customer, String touchpoint, long nowMs) {
        Standing.Delivery risk = standing.deliverRisk(nowMs);
        Standing.Delivery advocate = standing.deliverAdvocate(nowMs);
        if (risk == null && advocate == null) {
            return List.of();
        }
        List<Signal> signals = new ArrayList<>(2);
        if (risk != null) {
            signals.add(signal(risk, held, customer, standing.touchpoint(), nowMs));
        }
        if (advocate != null) {
            signals.add(signal(advocate, held, customer, touchpoint, nowMs));
        }
        return signals;
    }

    private Signal signal(Standing.Delivery delivery, Held held, CustomerKey customer, String touchpoint, long nowMs) {
        CustomerState state = held.state();
        Evidence.Reading evidence = state.evidence().at(nowMs);
        Signal.Builder signal = tally.next(delivery.kind(), nowMs, delivery.reason())
                .customer(customer)
                .scores(scorer.experience(evidence), scorer.effort(evidence))
                .predicted(predictor == null ? null : predictor.prediction(held, nowMs));
        if (!touchpoint.isEmpty()) {
            signal.touchpoint(touchpoint, registry.owner(touchpoint)).recoveryCase(cases.openAt(customer, touchpoint));
        }
        return tally.count(delivery.raised() ? signal.build() : signal.cleared().build());
    }
}
