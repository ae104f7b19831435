/** Standard indices computed by the engine: pure calculators over counts, exact and independent of the score model. */
@NullMarked
package dev.touchstone.survey;

import org.jspecify.annotations.NullMarked;
