/** Delivers signals to another program over HTTP. */
@NullMarked
package dev.touchstone.webhook;

import org.jspecify.annotations.NullMarked;
