/**
 * What a user holds: {@link dev.touchstone.Touchstone} and what it hands out. The engine behind it is package-private
 * beside it.
 */
@NullMarked
package dev.touchstone;

import org.jspecify.annotations.NullMarked;
