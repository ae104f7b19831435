package dev.touchstone.examples.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads tables: comma-separated, with a line of names first, compressed by gzip if the file's name says so. */
final class Rows {

    private final Path file;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private Rows(Path file) {
        this.file = file;
    }

    /**
     * Returns the rows of all files, one file after the other.
     *
     * @throws DataException if one cannot be read, or a row has more or fewer fields than names
     */
    static List<Row> of(List<Path> files) {
        List<Row> all = new ArrayList<>();
        for (Path file : files) {
            Rows rows = new Rows(file);
            try (BufferedReader reader = open(file)) {
                rows.read(reader);
            } catch (IOException e) {
                throw new DataException(file + " could not be read: " + e.getMessage(), e);
            }
            all.addAll(rows.rows);
        }
        return all;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private void read(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new DataException(file + " is empty");
        }
        List<String> names = split(line);
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i), i);
        }
        int number = 1;
        while ((line = reader.readLine()) != null) {
            number++;
            List<String> fields = split(line);
            if (fields.size() != names.size()) {
                throw new DataException(
                        file + ":" + number + ": " + fields.size() + " fields for " + names.size() + " names");
            }
            rows.add(new Row(this, number, fields));
        }
    }

    /** Splits a line at its commas, but for those between quotation marks, of which two stand for one. */
    private static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** One row of a table. Its getters throw {@link DataException} where a field is not what it should be. */
    record Row(Rows table, int line, List<String> fields) {

        private static final int DATE_LENGTH = 10;

        String text(String column) {
            Integer index = table.columns.get(column);
            if (index == null) {
                throw new DataException(table.file + " has no column " + column);
            }
            return fields.get(index);
        }

        boolean isBlank(String column) {
            return text(column).isBlank();
        }

        /** Returns a number; empty if there is none. */
        OptionalDouble optional(String column) {
            String text = text(column);
            try {
                return text.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                throw wrong(column, "a number", e);
            }
        }

        double number(String column) {
            return optional(column).orElseThrow(() -> wrong(column, "there", null));
        }

        /** Returns a time, or the beginning of a day, in milliseconds as if it were universal; empty if there is none. */
        OptionalLong optionalTime(String column) {
            String text = text(column);
            try {
                return text.isBlank()
                        ? OptionalLong.empty()
                        : OptionalLong.of(parse(text).toInstant(ZoneOffset.UTC).toEpochMilli());
            } catch (DateTimeParseException e) {
                throw wrong(column, "a time", e);
            }
        }

        private static LocalDateTime parse(String text) {
            return text.length() <= DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
        }

        long time(String column) {
            return optionalTime(column).orElseThrow(() -> wrong(column, "there", null));
        }

        private DataException wrong(String column, String expected, @Nullable Throwable cause) {
            return new DataException(table.file + ":" + line + ": " + column + " is not " + expected, cause);
        }
    }
}
