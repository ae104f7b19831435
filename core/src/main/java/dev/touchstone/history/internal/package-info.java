/** The periods of the past: what happened in each, as sums that can be added, in few bytes. */
@NullMarked
package dev.touchstone.history.internal;

import org.jspecify.annotations.NullMarked;
