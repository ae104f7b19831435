/** The scores of past periods, and marks that may explain changes. */
@NullMarked
package dev.touchstone.history;

import org.jspecify.annotations.NullMarked;
