/** A small shop that watches how its own customers fare. */
@NullMarked
package dev.touchstone.examples.storefront;

import org.jspecify.annotations.NullMarked;
