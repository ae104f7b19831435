package dev.touchstone.scoring.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.CustomerState.Contact;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds events of a customer into the customer's state: determines the situation of an event from the history, has it
 * assessed, and updates the history and the open journeys. Immutable and thread-safe as long as each state is used by
 * one thread at a time.
 */
public final class CustomerFold {

    /** The maximum number of open journeys of a customer. */
    public static final int MAX_JOURNEYS = 4;

    private final Assessor assessor;
    private final ScoreModel model;
    private final boolean lifetime;
    private final HalfLife halfLife;
    private final HalfLife habitHalfLife;
    private final boolean personal;
    private final double habitEvents;
    private final long retryAge;
    private final long sameContactAge;
    private final long repeatContactAge;
    private final long taskAge;
    private final long repeatFailureAge;

    /**
     * Creates a fold that uses an assessor.
     *
     * @param lifetime whether to store evidence also without decay
     */
    public CustomerFold(Assessor assessor, boolean lifetime) {
        this.assessor = assessor;
        this.model = assessor.model();
        this.lifetime = lifetime;
        this.halfLife = HalfLife.of(model, ModelConstant.CUSTOMER_HALF_LIFE);
        this.habitHalfLife = HalfLife.of(model, ModelConstant.HABIT_HALF_LIFE);
        this.personal = model.expectation() == ScoreModel.Expectation.PERSONAL;
        this.habitEvents = model.get(ModelConstant.HABIT_EVENTS);
        this.retryAge = (long) model.get(ModelConstant.RETRY_AGE);
        this.sameContactAge = (long) model.get(ModelConstant.SAME_CONTACT_AGE);
        this.repeatContactAge = (long) model.get(ModelConstant.REPEAT_CONTACT_AGE);
        this.taskAge = (long) model.get(ModelConstant.TASK_AGE);
        this.repeatFailureAge = (long) model.get(ModelConstant.REPEAT_FAILURE_AGE);
    }

    HalfLife halfLife() {
        return halfLife;
    }

    /** Returns whether evidence is also stored without decay. */
    boolean keepsLifetime() {
        return lifetime;
    }

    /** Returns the state of a new customer. */
    public CustomerState newState() {
        return new CustomerState(this);
    }

    /**
     * Adopts a state that a reader filled, and returns it. Parts that this fold does not use are left out. If the state
     * has no lifetime evidence, it starts now.
     *
     * @param read a {@linkplain CustomerState#blank blank} state of the same model, filled
     */
    public CustomerState restore(CustomerState read) {
        read.restrict(halfLife, lifetime, personal);
        return read;
    }

    /** Abandons the journeys that have timed out by the time of an event. Call it before the event is folded. */
    public void timeOut(CustomerState state, long timeMs, JourneyObserver observer) {
        for (JourneyProgress journey : snapshot(state)) {
            if (journey.isOverAtEvent(timeMs)) {
                abandon(state, journey, observer);
            }
        }
        if (state.ending != null && state.ending.isOverAtEvent(timeMs)) {
            state.ending = null;
        }
    }

    /** Abandons the journeys without events for longer than their timeout. */
    public void sweep(CustomerState state, long nowMs, JourneyObserver observer) {
        for (JourneyProgress journey : snapshot(state)) {
            if (journey.isOverAt(nowMs)) {
                abandon(state, journey, observer);
            }
        }
        if (state.ending != null && state.ending.isOverAt(nowMs)) {
            state.ending = null;
        }
    }

    /** Drops the open journeys that are no longer declared. */
    public void loseUndeclared(CustomerState state, Predicate<String> declared, JourneyObserver observer) {
        for (JourneyProgress journey : snapshot(state)) {
            if (!declared.test(journey.name())) {
                lose(state, journey, observer);
            }
        }
        if (state.ending != null && !declared.test(state.ending.name())) {
            state.ending = null;
        }
    }

    /**
     * Folds an event.
     *
     * @param timeMs when it happened
     * @param channel the channel in which it happened
     * @param pace the usual pace at the touchpoint
     * @param nowMs the engine's time of its arrival
     * @param observer receives changes of journeys, as in all other methods
     */
    public Assessment happened(
            CustomerState state,
            TouchpointEvent event,
            long timeMs,
            Channel channel,
            TouchpointRules touchpoint,
            Pace.Reading pace,
            long nowMs,
            JourneyObserver observer) {
        JourneyRules rules = touchpoint.journey();
        JourneyProgress journey = rules == null ? null : state.journey(rules.name());
        boolean opens = journey == null && rules != null && touchpoint.opens();
        Situation situation = situation(state, timeMs, channel, touchpoint, journey, opens, nowMs);
        Assessment assessment = assessor.assess(event, timeMs, touchpoint, situation, pace);
        Outcome outcome = event.outcomeOrSuccess();
        state.fold(assessment);
        Verdict verdict = assessment.verdictOrNull();
        if (verdict != null) {
            state.addVerdict(verdict);
        }
        remember(state, assessment, LastEnd.of(outcome, event.invalidInput()), channel, touchpoint, nowMs);
        boolean ends = touchpoint.ends() && (outcome == Outcome.SUCCESS || outcome == Outcome.DEGRADED);
        boolean completes = ends; // unlike an event that opens a journey whose end has already arrived
        String endedAt = "";
        if (opens && rules != null) {
            JourneyProgress early = state.ending;
            ends |= early != null && early.endsWhatOpensAt(rules, timeMs);
            journey = open(state, rules, timeMs, observer);
            endedAt = journey.touchpoint();
        } else if (journey == null && rules != null && ends) {
            state.ending = new JourneyProgress(rules, timeMs);
            state.ending.endedAt(touchpoint.name());
            state.ending.add(assessment, outcome, channel, touchpoint.importance(), nowMs);
        }
        if (journey != null) {
            step(journey, touchpoint.name(), opens, timeMs - journey.lastEventMs(), observer);
            if (!endedAt.isEmpty()) {
                step(journey, endedAt, false, journey.lastEventMs() - timeMs, observer);
            }
            journey.add(assessment, outcome, channel, touchpoint.importance(), nowMs);
            if (!completes) {
                journey.passed().add(touchpoint.name(), verdict);
            }
            if (ends) {
                close(state, journey, true, journey.complete(model), observer);
            }
        }
        return assessment;
    }

    /** Moves a journey to its next place in the funnel. A journey opened before funnels existed has no place. */
    private static void step(
            JourneyProgress journey, String touchpoint, boolean opens, long tookMs, JourneyObserver observer) {
        if (!opens && journey.place() == 0) {
            return;
        }
        if (!opens) {
            observer.goesOn(journey, tookMs);
        }
        boolean again =
                touchpoint.equals(journey.touchpoint()) || journey.passed().contains(touchpoint);
        journey.moveTo(touchpoint);
        observer.arrived(journey, again);
    }

    /**
     * Folds a valid answer that is not about effort. It does not count as the previous event and does not affect
     * journeys.
     */
    public Assessment answered(CustomerState state, Feedback feedback, long timeMs, TouchpointRules touchpoint) {
        Assessment assessment = assessor.assess(feedback, timeMs, touchpoint);
        state.fold(assessment);
        return assessment;
    }

    /** Merges the state of a guest into that of the identified customer. */
    public void merge(CustomerState customer, CustomerState guest, JourneyObserver observer) {
        customer.mergeAllButJourneys(guest);
        for (JourneyProgress journey : guest.journeys()) {
            JourneyProgress own = customer.journey(journey.name());
            if (own == null) {
                makeRoom(customer, observer);
                customer.open(journey);
            } else {
                customer.close(own);
                customer.open(own.merge(journey));
                // two started journeys have become one
                observer.lost(own.isLaterThan(journey) ? journey : own);
            }
        }
    }

    private Situation situation(
            CustomerState state,
            long timeMs,
            Channel channel,
            TouchpointRules touchpoint,
            @Nullable JourneyProgress journey,
            boolean opens,
            long nowMs) {
        long sinceLast = timeMs - state.lastEventMs;
        boolean retry = touchpoint.name().equals(state.lastTouchpoint)
                && state.lastEnd != null
                && state.lastEnd.isRetried()
                && isWithin(sinceLast, retryAge);
        Contact contact = touchpoint.supportContact() ? state.lastContact : Contact.NONE;
        boolean sameContact = isWithin(timeMs - contact.timeMs(), sameContactAge);
        boolean repeatContact = !sameContact && isWithin(timeMs - contact.timeMs(), repeatContactAge);
        boolean late = journey != null && journey.isLate(timeMs);
        boolean channelSwitch = (journey != null && !late && isSwitch(journey.lastChannel(), channel))
                || (sameContact && isSwitch(contact.channel(), channel));
        boolean excessStep =
                journey != null && !late && journey.steps() >= journey.rules().steps();
        int tasks = 1;
        long taskTimeMs = timeMs;
        if (journey != null) {
            tasks = 0;
            taskTimeMs = journey.openedMs();
        } else if (!opens) {
            if (retry) {
                tasks = 0;
                taskTimeMs = state.lastTaskMs;
            } else if (sameContact || (repeatContact && timeMs - contact.taskTimeMs() <= taskAge)) {
                tasks = 0;
                taskTimeMs = contact.taskTimeMs();
            }
        }
        return new Situation(
                !state.isKnown(),
                isWithin(timeMs - state.lastFailureMs, repeatFailureAge),
                retry,
                excessStep,
                channelSwitch,
                repeatContact,
                tasks,
                taskTimeMs,
                personal && state.habit != null ? state.habit.at(nowMs, habitEvents) : 0);
    }

    private void remember(
            CustomerState state,
            Assessment assessment,
            LastEnd end,
            Channel channel,
            TouchpointRules touchpoint,
            long nowMs) {
        long timeMs = assessment.timeMs();
        Contact contact = state.lastContact;
        if (touchpoint.supportContact()) {
            boolean goesOn = isWithin(timeMs - contact.timeMs(), sameContactAge);
            Channel known = channel.isKnown() || !goesOn ? channel : contact.channel();
            state.lastContact = new Contact(timeMs, assessment.taskTimeMs(), known);
        }
        state.lastTouchpoint = touchpoint.name();
        state.lastEnd = end;
        state.lastEventMs = timeMs;
        state.lastTaskMs = assessment.taskTimeMs();
        state.lastArrivalMs = nowMs;
        if (end == LastEnd.FAILURE) {
            state.lastFailureMs = timeMs;
        }
        if (personal && !Double.isNaN(assessment.pace())) {
            if (state.habit == null) {
                state.habit = new Habit(habitHalfLife);
            }
            state.habit.add(assessment.pace(), timeMs);
        }
    }

    /** Folds the assessment of a recovery case of the customer. */
    public void recovered(CustomerState state, Assessment assessment) {
        state.fold(assessment);
    }

    private JourneyProgress open(CustomerState state, JourneyRules rules, long timeMs, JourneyObserver observer) {
        makeRoom(state, observer);
        JourneyProgress journey = begin(state, rules, timeMs);
        state.open(journey);
        observer.opened(rules);
        return journey;
    }

    /** Returns a new journey, including its end if that has already arrived. */
    private static JourneyProgress begin(CustomerState state, JourneyRules rules, long timeMs) {
        JourneyProgress early = state.ending;
        if (early == null || !early.endsWhatOpensAt(rules, timeMs)) {
            return new JourneyProgress(rules, timeMs);
        }
        state.ending = null;
        early.openAt(timeMs);
        return early;
    }

    private void makeRoom(CustomerState state, JourneyObserver observer) {
        if (state.journeys().size() < MAX_JOURNEYS) {
            return;
        }
        JourneyProgress oldest = state.journeys().get(0);
        for (JourneyProgress journey : state.journeys()) {
            if (journey.lastEventMs() < oldest.lastEventMs()) {
                oldest = journey;
            }
        }
        lose(state, oldest, observer);
    }

    private void lose(CustomerState state, JourneyProgress journey, JourneyObserver observer) {
        state.close(journey);
        observer.lost(journey);
    }

    private void abandon(CustomerState state, JourneyProgress journey, JourneyObserver observer) {
        Optional<Assessment> abandonment = journey.wasAbandonedAlready()
                ? Optional.empty()
                : Optional.of(assessor.assessAbandonment(
                        journey.abandonedMs(), journey.openedMs(), journey.lastImportance()));
        if (abandonment.isPresent()) {
            state.fold(abandonment.get());
            observer.abandoned(journey.rules(), abandonment.get());
        }
        close(state, journey, false, journey.abandon(model, abandonment), observer);
    }

    private void close(
            CustomerState state,
            JourneyProgress journey,
            boolean completed,
            Assessment assessment,
            JourneyObserver observer) {
        state.close(journey);
        observer.closed(new ClosedJourney(
                journey.rules(),
                completed,
                assessment,
                journey.steps(),
                journey.openedMs(),
                journey.place(),
                journey.touchpoint(),
                journey.passed()));
    }

    /** Returns a copy of the list for a loop that closes journeys; most customers have none. */
    private static List<JourneyProgress> snapshot(CustomerState state) {
        return state.journeys().isEmpty() ? List.of() : List.copyOf(state.journeys());
    }

    private static boolean isWithin(long age, long limit) {
        return age >= 0 && age < limit;
    }

    private static boolean isSwitch(Channel before, Channel now) {
        return before.isKnown() && now.isKnown() && !before.equals(now);
    }
}
