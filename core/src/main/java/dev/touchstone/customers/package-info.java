/**
 * The customers of an instance: a bounded book of records, each changed under its own lock, and every change of a
 * customer as a value that listeners receive. {@link dev.touchstone.customers.CustomerChange} and
 * {@link dev.touchstone.customers.CustomerListener} are for users; the book belongs to the engine.
 */
@NullMarked
package dev.touchstone.customers;

import org.jspecify.annotations.NullMarked;
