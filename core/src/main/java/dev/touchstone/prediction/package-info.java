/**
 * The predicted answer of a customer, and how reliable the predictions have been. Immutable values.
 */
@NullMarked
package dev.touchstone.prediction;

import org.jspecify.annotations.NullMarked;
