package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment;

/** Is told what becomes of journeys, so that their own evidence and counts can be kept. Called by a fold; must not throw. */
public interface JourneyObserver {

    /** Is told and does nothing. */
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

    /** A journey timed out, which counts as an abandonment of its customer; that it closed follows. */
    void abandoned(JourneyRules journey, Assessment assessment);

    /** A journey was completed or abandoned. */
    void closed(ClosedJourney journey);

    /** An open journey was forgotten without a judgement. */
    void lost(JourneyProgress journey);

    /**
     * A journey leaves its place in the funnel for the next one; that it arrived there follows.
     *
     * @param tookMs the milliseconds since the event before; negative if the next event happened before it
     */
    void goesOn(JourneyProgress journey, long tookMs);

    /**
     * A journey has arrived at its place in the funnel.
     *
     * @param again whether it has passed the touchpoint before
     */
    void arrived(JourneyProgress journey, boolean again);
}
