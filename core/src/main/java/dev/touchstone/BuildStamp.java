package dev.touchstone;

import dev.touchstone.event.TouchpointEvent;

/**
 * Adds the application's version as attribute {@code build} to current events without one, if builds are compared.
 * Immutable and thread-safe.
 */
final class BuildStamp {

    private static final String BUILD = "build";

    private final Variants variants;
    private final String version;

    /** @param version the version; blank if unknown */
    BuildStamp(Variants variants, String version) {
        this.variants = variants;
        this.version = version;
    }

    TouchpointEvent on(TouchpointEvent event) {
        boolean other = version.isBlank()
                || event.timeMs().isPresent()
                || event.attributes().containsKey(BUILD)
                || !variants.compare(BUILD);
        return other ? event : event.toBuilder().attribute(BUILD, version).build();
    }
}
