/**
 * One list of named fields for each stateful value. A value lists its fields once, and writing, reading and
 * exporting follow that list.
 */
@NullMarked
package dev.touchstone.fields;

import org.jspecify.annotations.NullMarked;
