/**
 * The contents of an instance, exchanged between the engine and the stores of this library. Internal: may change in any
 * release.
 */
@NullMarked
package dev.touchstone.state.internal;

import org.jspecify.annotations.NullMarked;
