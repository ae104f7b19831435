/**
 * Facts: what happened once, to which customer, where and through which channel. Immutable values that only check their
 * own validity and do not depend on scoring.
 */
@NullMarked
package dev.touchstone.event;

import org.jspecify.annotations.NullMarked;
