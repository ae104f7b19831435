/**
 * The rules of signals, cases and questions. Times are milliseconds since 1970-01-01T00:00:00Z and are always
 * parameters. No code here reads a clock, starts a thread, logs or performs I/O. Internal: may change in any release.
 */
@NullMarked
package dev.touchstone.care.internal;

import org.jspecify.annotations.NullMarked;
