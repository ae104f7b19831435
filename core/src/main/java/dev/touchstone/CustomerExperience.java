package dev.touchstone;

import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The scores and open journeys of one customer at one instant. Immutable.
 *
 * <p>Unit tests create instances with {@link #of} or {@link #unknown}.
 */
public final class CustomerExperience {

    private static final CustomerExperience UNKNOWN = of(Score.absent(), Score.absent());

    private final Data data;
    private final Scoreboard.@Nullable Coverage coverage;

    CustomerExperience(Data data) {
        this(data, null);
    }

    private CustomerExperience(Data data, Scoreboard.@Nullable Coverage coverage) {
        this.data = data;
        this.coverage = coverage;
    }

    CustomerExperience with(Scoreboard.Coverage found) {
        return new CustomerExperience(data, found);
    }

    /** Returns the experience of an unknown customer: no score, no journey, no event. */
    public static CustomerExperience unknown() {
        return UNKNOWN;
    }

    /**
     * Returns an experience with two scores and nothing else, for unit tests.
     *
     * @param experience the experience score; may be {@linkplain Score#absent() absent}
     * @param effort the effort score; may be absent
     */
    public static CustomerExperience of(Score experience, Score effort) {
        return new CustomerExperience(new Data(
                experience,
                effort,
                Score.absent(),
                Score.absent(),
                List.of(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                flawless -> Double.NaN));
    }

    /** Returns the experience score. */
    public Score experience() {
        return data.experience();
    }

    /** Returns the effort score, from 0 (none) to 100. */
    public Score effort() {
        return data.effort();
    }

    /** Returns the experience score without decay; absent unless {@link TouchstoneBuilder#lifetime()} is set. */
    public Score lifetimeExperience() {
        return data.lifetimeExperience();
    }

    /** Returns the effort score without decay; absent unless {@link TouchstoneBuilder#lifetime()} is set. */
    public Score lifetimeEffort() {
        return data.lifetimeEffort();
    }

    /**
     * Returns the experience score that would follow some flawless events at touchpoints of importance 1, from 0 to
     * 100; empty if there is no score. For a customer with few, bad events, the first flawless ones may lower the
     * score: more evidence is then available, most of it bad, so the prior weighs less.
     *
     * @throws IllegalArgumentException if the number of events is negative
     */
    public OptionalDouble experienceAfter(int flawlessEvents) {
        if (flawlessEvents < 0) {
            throw new IllegalArgumentException("flawlessEvents is " + flawlessEvents + "; it must be at least 0");
        }
        double value = data.afterFlawless().applyAsDouble(flawlessEvents);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns the open journeys of the customer. */
    public List<OpenJourney> openJourneys() {
        return data.openJourneys();
    }

    /** Returns the verdicts on the last events, at most ten, newest first. */
    public List<Verdict> verdicts() {
        return data.verdicts();
    }

    /** Returns the number of assessments, without decay. */
    public long count() {
        return data.count();
    }

    /** Returns the time of the last event; empty if there is none. Answers are not events. */
    public Optional<Instant> lastEventAt() {
        return data.lastEventAt();
    }

    /** Returns the name of the touchpoint of the last event; empty if there is none. */
    public Optional<String> lastTouchpoint() {
        return data.lastTouchpoint();
    }

    /**
     * Returns the predicted answer of the customer about the last event. Empty without
     * {@link TouchstoneBuilder#prediction()}, before any answer was learned, and 30 days after the event.
     */
    public Optional<Prediction> predicted() {
        return data.predicted();
    }

    /** Returns whether the customer is at risk of leaving; always false without {@link TouchstoneBuilder#care}. */
    public boolean isAtRisk() {
        return data.atRisk();
    }

    /**
     * Returns whether the customer is an advocate of the business; always false without {@link TouchstoneBuilder#care}.
     */
    public boolean isAdvocate() {
        return data.advocate();
    }

    /**
     * Returns whether the partition of the customer answered; empty unless the instance answers for a cluster. If it did not,
     * this is what the instance alone knows of the customer.
     */
    public Optional<Scoreboard.Coverage> coverage() {
        return Optional.ofNullable(coverage);
    }

    @Override
    public String toString() {
        return "experience " + experience() + ", effort " + effort();
    }

    /** An open journey of a customer. Immutable. */
    public static final class OpenJourney {

        private final String name;
        private final Instant openedAt;
        private final Instant lastEventAt;
        private final int steps;
        private final String touchpoint;

        OpenJourney(String name, Instant openedAt, Instant lastEventAt, int steps, String touchpoint) {
            this.name = name;
            this.openedAt = openedAt;
            this.lastEventAt = lastEventAt;
            this.steps = steps;
            this.touchpoint = touchpoint;
        }

        /** Returns the name of the journey. */
        public String name() {
            return name;
        }

        /** Returns the time of the event that opened the journey. */
        public Instant openedAt() {
            return openedAt;
        }

        /** Returns the latest time of the journey's events. */
        public Instant lastEventAt() {
            return lastEventAt;
        }

        /** Returns the number of the journey's events so far. */
        public int steps() {
            return steps;
        }

        /**
         * Returns the touchpoint of the journey's most recently received event; empty for a journey restored from a
         * snapshot of an older version.
         */
        public Optional<String> touchpoint() {
            return touchpoint.isEmpty() ? Optional.empty() : Optional.of(touchpoint);
        }

        @Override
        public String toString() {
            return name + " since " + openedAt + ", " + steps + " steps";
        }
    }

    record Data(
            Score experience,
            Score effort,
            Score lifetimeExperience,
            Score lifetimeEffort,
            List<OpenJourney> openJourneys,
            List<Verdict> verdicts,
            long count,
            Optional<Instant> lastEventAt,
            Optional<String> lastTouchpoint,
            Optional<Prediction> predicted,
            boolean atRisk,
            boolean advocate,
            IntToDoubleFunction afterFlawless) {

        Data {
            openJourneys = List.copyOf(openJourneys);
            verdicts = List.copyOf(verdicts);
        }
    }
}
