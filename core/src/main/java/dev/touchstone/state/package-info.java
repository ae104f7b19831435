/** State that outlives a process: the state of an instance, and the store that saves it. */
@NullMarked
package dev.touchstone.state;

import org.jspecify.annotations.NullMarked;
