/** What outlives a process: the snapshot of an instance, and the store that keeps it. */
@NullMarked
package dev.touchstone.state;

import org.jspecify.annotations.NullMarked;
