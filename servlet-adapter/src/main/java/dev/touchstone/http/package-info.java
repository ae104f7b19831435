/**
 * What everything that serves HTTP needs, whatever it is made of: how a request ended, and the page that shows how the
 * customers are doing. Knows no servlets and no framework.
 */
@NullMarked
package dev.touchstone.http;

import org.jspecify.annotations.NullMarked;
