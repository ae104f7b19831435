/** What happened before: the scores of past hours and days, and marks beside them. */
@NullMarked
package dev.touchstone.history;

import org.jspecify.annotations.NullMarked;
