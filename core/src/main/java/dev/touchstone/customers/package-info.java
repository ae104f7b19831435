/** The changes of customers, as values that listeners receive. */
@NullMarked
package dev.touchstone.customers;

import org.jspecify.annotations.NullMarked;
