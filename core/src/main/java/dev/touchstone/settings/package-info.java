/** The settings of an instance by name, for every way to configure one: servlet parameters, properties, command lines. */
@NullMarked
package dev.touchstone.settings;

import org.jspecify.annotations.NullMarked;
