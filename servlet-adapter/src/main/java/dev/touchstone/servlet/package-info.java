/**
 * Touchstone in plain servlet applications: a filter that makes one event of each request, a page that shows how the
 * customers are doing, and their recovery cases.
 */
@NullMarked
package dev.touchstone.servlet;

import org.jspecify.annotations.NullMarked;
