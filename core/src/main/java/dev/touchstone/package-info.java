/**
 * The public API: {@link dev.touchstone.Touchstone} and the types it returns. The engine is package-private in this
 * package.
 */
@NullMarked
package dev.touchstone;

import org.jspecify.annotations.NullMarked;
