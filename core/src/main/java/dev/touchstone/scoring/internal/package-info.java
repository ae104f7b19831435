/**
 * Pure arithmetic of the engine: assesses events, accumulates evidence and computes scores. Times are milliseconds
 * since 1970-01-01T00:00:00Z and are always parameters. No code here reads a clock, starts a thread, takes a lock, logs
 * or performs I/O. Internal: may change in any release.
 */
@NullMarked
package dev.touchstone.scoring.internal;

import org.jspecify.annotations.NullMarked;
