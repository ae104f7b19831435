/**
 * Reads catalogs and events from JSON and writes what is known as JSON. The only package that knows the JSON library; no
 * public type names it. What is read is bounded in size, depth and number of tokens, and nothing in it can choose a
 * class.
 */
@NullMarked
package dev.touchstone.json;

import org.jspecify.annotations.NullMarked;
