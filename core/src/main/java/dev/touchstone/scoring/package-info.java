/**
 * The values of scoring: scores with their intervals and explanations, assessments, and the model. Immutable.
 */
@NullMarked
package dev.touchstone.scoring;

import org.jspecify.annotations.NullMarked;
