/** What the filter has to show in every container. */
@NullMarked
package dev.touchstone.servlet.tests;

import org.jspecify.annotations.NullMarked;
