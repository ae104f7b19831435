/** For tests of code that records. */
@NullMarked
package dev.touchstone.test;

import org.jspecify.annotations.NullMarked;
