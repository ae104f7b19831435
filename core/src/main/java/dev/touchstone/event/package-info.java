/**
 * Facts: what happened once, to whom, where and through which channel. Immutable values without behavior beyond their
 * own validity; nothing here knows a score.
 */
@NullMarked
package dev.touchstone.event;

import org.jspecify.annotations.NullMarked;
