package dev.touchstone;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.TouchpointRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assesses an admitted event and folds it into the state of its customer: what happened and then the answer. Immutable
 * and thread-safe; the state is changed under the lock of its record.
 */
final class EventFold implements CustomerBook.Change<Admitted, Assessed> {

    private final Assessor assessor;
    private final CustomerFold fold;
    private final CustomerCounts counts;
    private final Predicate<String> declared;
    private final boolean announced;

    /**
     * Makes one.
     *
     * @param declared tells which journeys are declared at present
     * @param announced whether a listener receives the changes; if not, none are made
     */
    EventFold(
            Assessor assessor,
            CustomerFold fold,
            CustomerCounts counts,
            Predicate<String> declared,
            boolean announced) {
        this.assessor = assessor;
        this.fold = fold;
        this.counts = counts;
        this.declared = declared;
        this.announced = announced;
    }

    /** Assesses an event without a customer. */
    Assessed anonymous(Admitted admitted) {
        TouchpointEvent event = admitted.event();
        TouchpointRules rules = admitted.declaration().rules();
        Assessment happened =
                event.happened() ? assessor.assessAnonymous(event, admitted.timeMs(), rules, admitted.pace()) : null;
        Feedback answer = scoredAnswer(event);
        Assessment answered = answer == null ? null : assessor.assess(answer, admitted.timeMs(), rules);
        List<CustomerChange> changes = List.of();
        if (announced) {
            changes = new ArrayList<>(2);
            announce(admitted, Optional.empty(), happened, answered, changes, 0);
        }
        return new Assessed(null, happened, answered, changes);
    }

    @Override
    public Assessed apply(Admitted admitted, CustomerKey key, CustomerState state) {
        TouchpointEvent event = admitted.event();
        TouchpointRules rules = admitted.declaration().rules();
        List<CustomerChange> changes = announced ? new ArrayList<>(2) : List.of();
        JourneyObserver journeys = counts.journeysOf(key, announced ? changes : null);
        fold.loseUndeclared(state, declared, journeys);
        fold.timeOut(state, admitted.timeMs(), journeys);
        int before = changes.size();
        Assessment happened = event.happened()
                ? fold.happened(
                        state,
                        event,
                        admitted.timeMs(),
                        admitted.channel(),
                        rules,
                        admitted.pace(),
                        admitted.nowMs(),
                        journeys)
                : null;
        Feedback answer = scoredAnswer(event);
        Assessment answered = answer == null ? null : fold.answered(state, answer, admitted.timeMs(), rules);
        if (announced) {
            announce(admitted, Optional.of(key), happened, answered, changes, before);
        }
        return new Assessed(key, happened, answered, changes);
    }

    /** Adds the assessments: before what the event did to journeys, which the fold reported already. */
    private static void announce(
            Admitted admitted,
            Optional<CustomerKey> customer,
            @Nullable Assessment happened,
            @Nullable Assessment answered,
            List<CustomerChange> changes,
            int at) {
        TouchpointEvent event = admitted.announced();
        TouchpointDefinition touchpoint = admitted.declaration().definition();
        int next = at;
        if (happened != null) {
            changes.add(next++, new CustomerChange.Assessed(customer, event, touchpoint, happened));
        }
        if (answered != null) {
            changes.add(next, new CustomerChange.Assessed(customer, event, touchpoint, answered));
        }
    }

    private static @Nullable Feedback scoredAnswer(TouchpointEvent event) {
        Feedback feedback = event.feedback().orElse(null);
        return feedback == null || feedback.scale().isAboutEffort() ? null : feedback;
    }
}
