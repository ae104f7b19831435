/** The metrics and their values, shared with the adapters that export them. Internal: may change in any release. */
@NullMarked
package dev.touchstone.telemetry.internal;

import org.jspecify.annotations.NullMarked;
