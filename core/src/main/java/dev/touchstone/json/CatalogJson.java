package dev.touchstone.json;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.json.internal.JsonInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads catalogs from JSON in UTF-8, strictly. Unknown fields, null, comments, duplicate names and all other deviations
 * are problems with a place such as {@code touchstone.json#/touchpoints/0/target}. Reading continues after a problem,
 * and all problems are reported together when the catalog is built.
 */
public final class CatalogJson {

    private CatalogJson() {}

    /**
     * Returns the catalog in a file.
     *
     * @throws CatalogException with all problems of the catalog
     * @throws UncheckedIOException if the file cannot be read; the message says what to do
     */
    public static Catalog load(Path file) {
        return read(file).build();
    }

    /**
     * Reads a file of at most 1 MiB into a builder, which can be combined with others.
     *
     * @throws UncheckedIOException if the file cannot be read; the message says what to do
     */
    public static Catalog.Builder read(Path file) {
        if (Files.isDirectory(file)) {
            IOException cause = new FileSystemException(file.toString(), null, "is a directory");
            throw new CatalogFileException(file, "is a directory; name a file.", cause);
        }
        try (InputStream json = Files.newInputStream(file)) {
            return read(file.toString(), json);
        } catch (NoSuchFileException e) {
            throw new CatalogFileException(file, "does not exist; check the name, or create it.", e);
        } catch (AccessDeniedException e) {
            throw new CatalogFileException(file, "is not readable; grant this process read access.", e);
        } catch (IOException e) {
            throw new CatalogFileException(file, "could not be read; see the cause.", e);
        }
    }

    /**
     * Reads a text of at most 1 MiB into a builder, which can be combined with others.
     *
     * @param source its name in problems, such as {@code touchstone.json}
     */
    public static Catalog.Builder read(String source, byte[] json) {
        return new CatalogReader(source).read(json);
    }

    /**
     * Reads at most 1 MiB from a stream, which is not closed, into a builder, which can be combined with others.
     *
     * @param source its name in problems, such as {@code touchstone.json}
     * @throws IOException if the stream throws it
     */
    public static Catalog.Builder read(String source, InputStream json) throws IOException {
        return read(source, json.readNBytes(JsonInput.MAX_CATALOG_BYTES + 1));
    }
}
