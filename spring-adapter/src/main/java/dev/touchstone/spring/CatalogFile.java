package dev.touchstone.spring;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.json.CatalogJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** The catalog file of an application. */
final class CatalogFile {

    private static final String DEFAULT = "classpath:touchstone.json";

    private CatalogFile() {}

    /**
     * Reads the file.
     *
     * @param location the location; null for the default, which is optional
     * @throws InvalidPropertiesException if there is no file at the given location
     */
    static Catalog.Builder read(@Nullable String location, ResourceLoader resources) {
        Resource resource = resources.getResource(location == null ? DEFAULT : location);
        if (!resource.isReadable()) {
            if (location == null) {
                return Catalog.builder();
            }
            throw new InvalidPropertiesException(List.of("touchstone.catalog: there is no file to read at \"" + location
                    + "\"; give a location such as classpath:touchstone.json or file:/etc/shop/touchstone.json"));
        }
        String name = resource.getFilename() == null ? "touchstone.json" : resource.getFilename();
        try (InputStream content = resource.getInputStream()) {
            return CatalogJson.read(name, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read touchstone.catalog at \"" + location + "\"", e);
        }
    }
}
