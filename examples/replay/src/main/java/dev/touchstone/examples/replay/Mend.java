package dev.touchstone.examples.replay;

/** A form in which lines are read beside the strict one. */
enum Mend {
    MARK("byte order marks"),
    NUMERIC_ID("numeric ids"),
    TIME("times in another form"),
    OUTCOME("outcomes in another case"),
    ATTRIBUTE("attributes that were no text"),
    LOST_ATTRIBUTE("attributes left out"),
    NAME("touchpoint names folded"),
    GUEST("guests"),
    IDENTIFIED("guests identified");

    private final String label;

    Mend(String label) {
        this.label = label;
    }

    /** Returns the text in the summary. */
    String label() {
        return label;
    }
}
