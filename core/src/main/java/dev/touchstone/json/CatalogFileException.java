package dev.touchstone.json;

import dev.touchstone.catalog.CatalogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A catalog file cannot be read at all. Says which, and what to do. What is wrong inside a file is told by
 * {@link CatalogException}.
 */
final class CatalogFileException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    CatalogFileException(Path file, String message, IOException cause) {
        super("The catalog file " + file + " " + message, cause);
    }
}
