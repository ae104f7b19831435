/** Delivers signals to another system over HTTP. */
@NullMarked
package dev.touchstone.webhook;

import org.jspecify.annotations.NullMarked;
