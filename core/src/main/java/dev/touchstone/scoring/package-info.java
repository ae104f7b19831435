/**
 * Pure arithmetic: events become assessments, assessments become evidence, evidence becomes scores with an interval and
 * an exact explanation. Times are milliseconds since 1970-01-01T00:00:00Z and are always handed in. Nothing here reads a
 * clock, starts a thread, takes a lock, logs or does I/O.
 */
@NullMarked
package dev.touchstone.scoring;

import org.jspecify.annotations.NullMarked;
