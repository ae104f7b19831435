package dev.touchstone.spring;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.info.BuildProperties;

/**
 * The application's version: from Spring Boot's build information, or else from the manifest of the jar that
 * contains the main class.
 */
final class ApplicationVersion {

    private ApplicationVersion() {}

    /** Returns the version; blank if unknown. */
    static String of(ListableBeanFactory beans) {
        BuildProperties build = beans.getBeanProvider(BuildProperties.class).getIfUnique();
        String version = build == null ? null : build.getVersion();
        return version == null ? inManifest(beans) : version;
    }

    private static String inManifest(ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(SpringBootConfiguration.class))
                .map(beans::getType)
                .filter(Objects::nonNull)
                .map(type -> version(type.getPackage()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static @Nullable String version(@Nullable Package of) {
        return of == null ? null : of.getImplementationVersion();
    }
}
