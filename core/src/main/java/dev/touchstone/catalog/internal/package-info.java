/** Hints about misspelled names, shared with the packages that read them. Internal: may change in any release. */
@NullMarked
package dev.touchstone.catalog.internal;

import org.jspecify.annotations.NullMarked;
