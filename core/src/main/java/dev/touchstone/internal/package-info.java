/**
 * Code shared by most packages of core and not part of the API: one list of named fields for each stateful value, which
 * writing, reading and exporting use, and the format of numbers. Internal: may change in any release.
 */
@NullMarked
package dev.touchstone.internal;

import org.jspecify.annotations.NullMarked;
