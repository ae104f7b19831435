/**
 * Touchstone in plain servlet applications: a filter that records each request as one event, a page that shows the
 * scores, and recovery cases.
 */
@NullMarked
package dev.touchstone.servlet;

import org.jspecify.annotations.NullMarked;
