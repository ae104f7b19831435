package dev.touchstone.examples.validation;

import dev.touchstone.prediction.internal.Case;

/**
 * An assessed event that is answered later.
 *
 * @param askedMs when the event was assessed
 * @param answeredMs when its answer arrived
 * @param assessed what the learner is given
 * @param csat the answer, 1 to 5
 */
record Asked(long askedMs, long answeredMs, Case assessed, double csat) {}
