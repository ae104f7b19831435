/** Keeps what an instance knows beyond its process: snapshots in a directory, and who was erased. */
@NullMarked
package dev.touchstone.store;

import org.jspecify.annotations.NullMarked;
