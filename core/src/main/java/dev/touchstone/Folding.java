package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessor;
import dev.touchstone.scoring.CustomerFold;
import dev.touchstone.scoring.CustomerState;
import dev.touchstone.scoring.JourneyObserver;
import dev.touchstone.scoring.Pace;
import dev.touchstone.scoring.TouchpointRules;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way into the evidence: what happened and the answer, if there is one, each assessed. Used once, by
 * one thread.
 */
final class Folding implements Ledger.Change {

    private final Admitted admitted;
    private final Registry registry;
    private final Assessor assessor;
    private final CustomerFold fold;
    private final Pace.Reading pace;
    private @Nullable CustomerKey customer;
    private @Nullable Assessment happened;
    private @Nullable Assessment answered;

    Folding(Admitted admitted, Registry registry, Assessor assessor, CustomerFold fold) {
        this.admitted = admitted;
        this.registry = registry;
        this.assessor = assessor;
        this.fold = fold;
        this.pace = admitted.touchpoint().pace(admitted.nowMs());
    }

    /** Assesses the event of nobody in particular. */
    void foldAnonymous() {
        TouchpointEvent event = admitted.event();
        TouchpointRules rules = admitted.declaration().rules();
        if (event.happened()) {
            happened = assessor.assessAnonymous(event, admitted.timeMs(), rules, pace);
        }
        Feedback answer = scoredAnswer();
        if (answer != null) {
            answered = assessor.assess(answer, admitted.timeMs(), rules);
        }
    }

    /** Assesses the event and folds it into what is kept of the customer, whose monitor is held. */
    @Override
    public void apply(CustomerKey key, CustomerState state) {
        customer = key;
        JourneyObserver journeys = registry.journeysOf(key);
        TouchpointEvent event = admitted.event();
        TouchpointRules rules = admitted.declaration().rules();
        fold.timeOut(state, admitted.timeMs(), journeys);
        if (event.happened()) {
            happened = fold.happened(
                    state, event, admitted.timeMs(), admitted.channel(), rules, pace, admitted.nowMs(), journeys);
        }
        Feedback answer = scoredAnswer();
        if (answer != null) {
            answered = fold.answered(state, answer, admitted.timeMs(), rules);
        }
    }

    /** Adds the assessments to the cell, and teaches the touchpoint how long it takes. */
    void foldIntoCell() {
        if (customer != null) {
            admitted.cell().group().add(customer);
        }
        double targetMs = admitted.declaration().rules().targetMs();
        if (happened != null) {
            admitted.cell().add(happened, admitted.event(), targetMs);
            admitted.touchpoint().learn(admitted.event(), admitted.timeMs());
        }
        if (answered != null) {
            admitted.cell().add(answered, admitted.event(), targetMs);
        }
        Feedback answer = admitted.event().feedback().orElse(null);
        if (answer != null) {
            admitted.cell().add(answer);
        }
    }

    /** Tells what happened and then the answer. */
    void forEach(Consumer<Assessment> action) {
        if (happened != null) {
            action.accept(happened);
        }
        if (answered != null) {
            action.accept(answered);
        }
    }

    private @Nullable Feedback scoredAnswer() {
        Feedback feedback = admitted.event().feedback().orElse(null);
        return feedback == null || feedback.scale().isAboutEffort() ? null : feedback;
    }
}
