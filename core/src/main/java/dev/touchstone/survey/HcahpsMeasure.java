package dev.touchstone.survey;

/** What is published of a hospital: six composites, two measures of the surroundings and two of the whole. */
public enum HcahpsMeasure {
    /** Composite 1: communication with nurses. */
    NURSES,
    /** Composite 2: communication with doctors. */
    DOCTORS,
    /** Composite 3: responsiveness of the staff. */
    STAFF,
    /** Composite 5: communication about medicines. */
    MEDICINES,
    /** Composite 6: information for the time after, the one that is answered with yes or no. */
    DISCHARGE,
    /** Composite 7: understanding of what follows. */
    TRANSITION,
    /** Cleanliness of the room and bath. */
    CLEANLINESS,
    /** Quietness at night. */
    QUIETNESS,
    /** The hospital from 0 to 10. */
    RATING,
    /** Whether one would recommend it. */
    RECOMMENDATION
}
