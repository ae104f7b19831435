/** A calculator whose only result is in the scoreboard. Internal: may change in any release. */
@NullMarked
package dev.touchstone.survey.internal;

import org.jspecify.annotations.NullMarked;
