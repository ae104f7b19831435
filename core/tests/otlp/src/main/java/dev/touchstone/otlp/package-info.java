/** A receiver of OTLP over HTTP, for tests. Independent of Touchstone. */
@NullMarked
package dev.touchstone.otlp;

import org.jspecify.annotations.NullMarked;
