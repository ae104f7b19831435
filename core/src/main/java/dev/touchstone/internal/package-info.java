/**
 * What most packages of core share and users do not need: one list of named fields for each stateful value, which writing,
 * reading and exporting follow, and the format of numbers. It may change in any release.
 */
@NullMarked
package dev.touchstone.internal;

import org.jspecify.annotations.NullMarked;
