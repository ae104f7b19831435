/**
 * Pure arithmetic that compares the values of an attribute: sums and always-valid intervals. No clock, thread, lock,
 * logger or I/O. Internal: may change in any release.
 */
@NullMarked
package dev.touchstone.comparison.internal;

import org.jspecify.annotations.NullMarked;
