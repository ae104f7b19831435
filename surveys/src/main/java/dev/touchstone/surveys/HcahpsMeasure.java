package dev.touchstone.surveys;

/** The published measures of a hospital: six composites, two of the environment and two global ones. */
public enum HcahpsMeasure {
    /** Composite 1: communication with nurses. */
    NURSES,
    /** Composite 2: communication with doctors. */
    DOCTORS,
    /** Composite 3: responsiveness of the staff. */
    STAFF,
    /** Composite 5: communication about medicines. */
    MEDICINES,
    /** Composite 6: discharge information, the only composite with yes/no questions. */
    DISCHARGE,
    /** Composite 7: care transition. */
    TRANSITION,
    /** Cleanliness of the room and bath. */
    CLEANLINESS,
    /** Quietness at night. */
    QUIETNESS,
    /** Overall rating of the hospital, 0 to 10. */
    RATING,
    /** Willingness to recommend the hospital. */
    RECOMMENDATION
}
