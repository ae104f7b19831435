/**
 * Reads catalogs and events from JSON and writes scoreboards, customers and other results as JSON. The only package
 * that depends on the JSON library; no public type mentions it. Input is limited in size, depth and number of tokens,
 * and cannot select a class.
 */
@NullMarked
package dev.touchstone.json;

import org.jspecify.annotations.NullMarked;
