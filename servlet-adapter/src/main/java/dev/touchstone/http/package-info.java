/**
 * The shared parts of all HTTP adapters: outcomes of requests, the page that shows the scores, and recovery cases.
 * Independent of servlets and frameworks.
 */
@NullMarked
package dev.touchstone.http;

import org.jspecify.annotations.NullMarked;
