/** Several pods of a shop, one topic of events, one score a customer. */
@NullMarked
package dev.touchstone.examples.cluster;

import org.jspecify.annotations.NullMarked;
