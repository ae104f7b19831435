/** A manual clock and a recorder of events, for tests of code that records. */
@NullMarked
package dev.touchstone.test;

import org.jspecify.annotations.NullMarked;
