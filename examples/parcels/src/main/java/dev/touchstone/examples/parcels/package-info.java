/** A reactive application with customer-experience scores. */
@NullMarked
package dev.touchstone.examples.parcels;

import org.jspecify.annotations.NullMarked;
