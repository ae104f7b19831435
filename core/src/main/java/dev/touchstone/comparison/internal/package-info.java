/** Pure arithmetic that compares the values of an attribute: sums, always-valid intervals. No clock, thread, lock, logger or I/O. */
@NullMarked
package dev.touchstone.comparison.internal;

import org.jspecify.annotations.NullMarked;
