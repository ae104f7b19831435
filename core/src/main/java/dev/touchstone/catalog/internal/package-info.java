/** Suggestions for misspelled names, shared by the packages that read names. Internal: may change in any release. */
@NullMarked
package dev.touchstone.catalog.internal;

import org.jspecify.annotations.NullMarked;
