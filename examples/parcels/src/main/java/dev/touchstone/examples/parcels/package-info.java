/** A reactive application that is told how its customers fare. */
@NullMarked
package dev.touchstone.examples.parcels;

import org.jspecify.annotations.NullMarked;
