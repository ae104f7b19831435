/** Scores and assessments for OpenTelemetry. The only package that knows it, and only its API. */
@NullMarked
package dev.touchstone.telemetry;

import org.jspecify.annotations.NullMarked;
