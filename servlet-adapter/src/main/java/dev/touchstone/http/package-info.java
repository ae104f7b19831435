/**
 * What everything that serves HTTP needs, whatever it is made of: how a request ended, the page that shows how the
 * customers are doing, and their recovery cases. Knows no servlets and no framework.
 */
@NullMarked
package dev.touchstone.http;

import org.jspecify.annotations.NullMarked;
