@NullMarked
package dev.touchstone.archfixture.event;

import org.jspecify.annotations.NullMarked;
