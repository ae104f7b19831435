/**
 * The contents of an instance, between the engine and the stores of this library. It may change in any release.
 */
@NullMarked
package dev.touchstone.state.internal;

import org.jspecify.annotations.NullMarked;
