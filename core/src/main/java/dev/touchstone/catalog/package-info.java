/** What a business declares: its touchpoints and journeys, the model of its scores, the peers that it compares with. */
@NullMarked
package dev.touchstone.catalog;

import org.jspecify.annotations.NullMarked;
