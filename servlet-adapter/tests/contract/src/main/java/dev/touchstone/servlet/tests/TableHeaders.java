package dev.touchstone.servlet.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The headers that the table of requests names. */
final class TableHeaders {

    private static final Properties BY_NAME = new Properties();

    static {
        try (InputStream input = TableHeaders.class.getResourceAsStream("/requests/headers.properties")) {
            BY_NAME.load(Objects.requireNonNull(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TableHeaders() {}

    /** Returns the lines of the headers with these names, which commas separate. */
    static String lines(@Nullable String names) {
        StringBuilder lines = new StringBuilder();
        if (names != null) {
            for (String name : names.split(", *", -1)) {
                lines.append(Objects.requireNonNull(BY_NAME.getProperty(name), name))
                        .append("\r\n");
            }
        }
        return lines.toString();
    }
}
