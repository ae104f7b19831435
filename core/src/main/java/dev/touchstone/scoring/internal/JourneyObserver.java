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
        public void lost(JourneyRules journey) {}
    };

    /** A journey began. */
    void opened(JourneyRules journey);

    /** A journey timed out, which counts as an abandonment of its customer; that it closed follows. */
    void abandoned(JourneyRules journey, Assessment assessment);

    /** A journey was completed or abandoned. */
    void closed(ClosedJourney journey);

    /** An open journey was forgotten without a judgement. */
    void lost(JourneyRules journey);
}
