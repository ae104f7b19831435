/** The predicted answer of a customer, and the reliability of the predictions. Immutable values. */
@NullMarked
package dev.touchstone.prediction;

import org.jspecify.annotations.NullMarked;
