/** A calculator used only by the scoreboard. Internal: may change in any release. */
@NullMarked
package dev.touchstone.survey.internal;

import org.jspecify.annotations.NullMarked;
