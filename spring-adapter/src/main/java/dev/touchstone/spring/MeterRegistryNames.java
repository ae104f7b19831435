package dev.touchstone.spring;

import java.util.Set;

/** Lists the registries with Touchstone's meters, for classes that do not depend on Micrometer. */
@FunctionalInterface
interface MeterRegistryNames {

    /** Returns the simple class names, in alphabetical order. */
    Set<String> meterRegistries();
}
