/** Scores a file of events from the command line. */
@NullMarked
package dev.touchstone.examples.replay;

import org.jspecify.annotations.NullMarked;
