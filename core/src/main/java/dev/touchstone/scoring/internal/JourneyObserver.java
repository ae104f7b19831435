package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment;

/** Receives changes of journeys, to update their evidence and counts. Called by a fold; must not throw. */
public interface JourneyObserver {

    /** Does nothing. */
    JourneyObserver NOBODY = new JourneyObserver() {
        @Override
        public void opened(JourneyRules journey) {}

        @Override
        public void abandoned(JourneyRules journey, Assessment assessment) {}

        @Override
        public void closed(ClosedJourney journey) {}

        @Override
        public void lost(JourneyProgress journey) {}

        @Override
        public void goesOn(JourneyProgress journey, long tookMs) {}

        @Override
        public void arrived(JourneyProgress journey, boolean again) {}
    };

    /** A journey began. */
    void opened(JourneyRules journey);

    /** A journey timed out, which counts as an abandonment by its customer. {@link #closed} follows. */
    void abandoned(JourneyRules journey, Assessment assessment);

    /** A journey was completed or abandoned. */
    void closed(ClosedJourney journey);

    /** An open journey was dropped without an assessment. */
    void lost(JourneyProgress journey);

    /**
     * A journey leaves its place in the funnel for the next one. {@link #arrived} follows.
     *
     * @param tookMs the milliseconds since the previous event; negative if the next event happened before it
     */
    void goesOn(JourneyProgress journey, long tookMs);

    /**
     * A journey arrived at its place in the funnel.
     *
     * @param again whether it has already passed the touchpoint
     */
    void arrived(JourneyProgress journey, boolean again);
}
