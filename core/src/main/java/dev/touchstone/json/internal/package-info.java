/** What writers and readers of JSON share. Internal: may change in any release. */
@NullMarked
package dev.touchstone.json.internal;

import org.jspecify.annotations.NullMarked;
