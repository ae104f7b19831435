/**
 * Touchstone in plain servlet applications: a filter that makes one event of each request, and a page that shows how the
 * customers are doing.
 */
@NullMarked
package dev.touchstone.servlet;

import org.jspecify.annotations.NullMarked;
