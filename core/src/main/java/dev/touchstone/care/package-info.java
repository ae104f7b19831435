/**
 * Signals about customers and touchpoints, recovery cases, and when to ask a customer for an answer. Immutable values,
 * and the interfaces through which an instance offers them.
 */
@NullMarked
package dev.touchstone.care;

import org.jspecify.annotations.NullMarked;
