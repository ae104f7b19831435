/** The rules for names, shared by the packages that check them. Internal: may change in any release. */
@NullMarked
package dev.touchstone.event.internal;

import org.jspecify.annotations.NullMarked;
