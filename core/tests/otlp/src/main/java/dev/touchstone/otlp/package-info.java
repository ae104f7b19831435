/** Somebody who listens to OTLP over HTTP, for tests. Knows nothing of Touchstone. */
@NullMarked
package dev.touchstone.otlp;

import org.jspecify.annotations.NullMarked;
