package dev.touchstone.spring;

import java.util.Set;

/** Names the meter registries that have Touchstone's meters, to classes that do not know Micrometer. */
@FunctionalInterface
interface MeterRegistryNames {

    /** Returns the simple names of their classes, in alphabetical order. */
    Set<String> meterRegistries();
}
