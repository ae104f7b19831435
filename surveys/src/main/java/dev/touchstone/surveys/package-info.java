/** Survey indices that the engine does not feed: pure calculators over counts, for answers collected elsewhere. */
@NullMarked
package dev.touchstone.surveys;

import org.jspecify.annotations.NullMarked;
