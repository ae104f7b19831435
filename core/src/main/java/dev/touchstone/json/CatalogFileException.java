package dev.touchstone.json;

import dev.touchstone.catalog.CatalogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Thrown if a catalog file cannot be read. The message names the file and says what to do. Problems in the content of a
 * file are reported by {@link CatalogException}.
 */
final class CatalogFileException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    CatalogFileException(Path file, String message, IOException cause) {
        super("The catalog file " + file + " " + message, cause);
    }
}
