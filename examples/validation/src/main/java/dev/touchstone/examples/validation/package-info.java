/** Checks the scores against what customers said and did in public records. */
@NullMarked
package dev.touchstone.examples.validation;

import org.jspecify.annotations.NullMarked;
