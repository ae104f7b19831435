/** One class for each example, without a framework. */
@NullMarked
package dev.touchstone.examples.plain;

import org.jspecify.annotations.NullMarked;
