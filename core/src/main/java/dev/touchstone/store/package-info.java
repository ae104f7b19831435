/** Saves the state of an instance beyond its process: snapshots in a directory, and a log of erasures. */
@NullMarked
package dev.touchstone.store;

import org.jspecify.annotations.NullMarked;
