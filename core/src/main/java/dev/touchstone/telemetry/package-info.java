/** Scores and assessments for OpenTelemetry. The only package that depends on OpenTelemetry, and only on its API. */
@NullMarked
package dev.touchstone.telemetry;

import org.jspecify.annotations.NullMarked;
