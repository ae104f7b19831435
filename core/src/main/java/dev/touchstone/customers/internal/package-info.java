/**
 * The book of customers: records, each changed under its own lock, aliases and tombstones. Internal: may change in any
 * release.
 */
@NullMarked
package dev.touchstone.customers.internal;

import org.jspecify.annotations.NullMarked;
