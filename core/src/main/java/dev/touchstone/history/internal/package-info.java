/** Compact histories: the sums of past periods, which can be added. Internal: may change in any release. */
@NullMarked
package dev.touchstone.history.internal;

import org.jspecify.annotations.NullMarked;
