package dev.touchstone.reference;

/** How one event stood to what was expected of it. */
public enum RefVerdict {
    EXCEEDED,
    MET,
    MISSED
}
