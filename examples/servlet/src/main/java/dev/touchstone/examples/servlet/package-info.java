/** A box office on plain servlets that watches its own customers. */
@NullMarked
package dev.touchstone.examples.servlet;

import org.jspecify.annotations.NullMarked;
