/** The declarations of a business: its touchpoints and journeys, the score model, and benchmarks. */
@NullMarked
package dev.touchstone.catalog;

import org.jspecify.annotations.NullMarked;
