/** For tests of what records, users' and our own. */
@NullMarked
package dev.touchstone.test;

import org.jspecify.annotations.NullMarked;
