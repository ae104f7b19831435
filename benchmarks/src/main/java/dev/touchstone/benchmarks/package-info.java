/** What recording, reading and keeping cost; {@code docs/performance.md} has the figures and how to make them. */
@NullMarked
package dev.touchstone.benchmarks;

import org.jspecify.annotations.NullMarked;
