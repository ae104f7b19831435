/**
 * The settings of an instance by name, for all ways of configuration: servlet parameters, properties, command lines.
 */
@NullMarked
package dev.touchstone.settings;

import org.jspecify.annotations.NullMarked;
