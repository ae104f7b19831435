package dev.touchstone.servlet;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.json.CatalogJson;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The catalog file of an application. */
final class CatalogFile {

    private static final String NAME = "touchstone.json";
    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";

    private CatalogFile() {}

    /**
     * Reads the file as a builder, so that its problems are reported with all others.
     *
     * @param location the location; null for {@code /WEB-INF/touchstone.json} or else {@code touchstone.json} on the
     *     class path, both optional
     * @throws IllegalArgumentException if there is no file at the given location
     */
    static Catalog.Builder read(@Nullable String location, ServletContext context) {
        if (location != null && location.startsWith(FILE)) {
            try {
                return CatalogJson.read(Path.of(location.substring(FILE.length())));
            } catch (UncheckedIOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        Catalog.Builder found =
                location == null ? firstOf(context, "/WEB-INF/" + NAME, CLASSPATH + NAME) : firstOf(context, location);
        if (found != null) {
            return found;
        }
        if (location == null) {
            return Catalog.builder();
        }
        throw new IllegalArgumentException("there is no file to read at \"" + location + "\"; give a location such as "
                + "/WEB-INF/touchstone.json, classpath:touchstone.json or file:/etc/shop/touchstone.json");
    }

    private static Catalog.@Nullable Builder firstOf(ServletContext context, String... locations) {
        for (String location : locations) {
            try (InputStream content = open(context, location)) {
                if (content != null) {
                    return CatalogJson.read(location.substring(location.lastIndexOf('/') + 1), content);
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot read \"" + location + "\": " + e, e);
            }
        }
        return null;
    }

    private static @Nullable InputStream open(ServletContext context, String location) {
        return location.startsWith(CLASSPATH)
                ? context.getClassLoader().getResourceAsStream(location.substring(CLASSPATH.length()))
                : location.startsWith("/") ? context.getResourceAsStream(location) : null;
    }
}
