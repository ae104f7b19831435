/** Code shared by the writers and readers of JSON. Internal: may change in any release. */
@NullMarked
package dev.touchstone.json.internal;

import org.jspecify.annotations.NullMarked;
