package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Events from a table of values (RFC 4180) whose first row names the columns. The separator is a comma, a semicolon, a tab or
 * a vertical bar: the one that is most frequent in the first row. Not thread-safe.
 */
final class CsvSource extends ConvertedSource {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private final MappingIterator<String[]> rows;
    private final Map<String, Integer> indexes;

    CsvSource(InputStream in, byte[] start, ColumnMap columns) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(firstLine(start)));
        // a new decoder rejects what is not UTF-8
        this.rows = rows(schema, new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        this.indexes = columns.indexes(hasNext() ? header(nextRow()) : List.of());
    }

    private static MappingIterator<String[]> rows(CsvSchema schema, Reader in) throws IOException {
        try {
            return CsvMapper.builder()
                    .enable(CsvReadFeature.WRAP_AS_ARRAY)
                    .enable(CsvReadFeature.SKIP_EMPTY_LINES)
                    .build()
                    .readerFor(String[].class)
                    .with(schema)
                    .readValues(in);
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    private static String firstLine(byte[] start) {
        return new String(start, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    /** Returns the separator of a header. */
    static char separator(String header) {
        char best = SEPARATORS[0];
        for (char separator : SEPARATORS) {
            if (count(header, separator) > count(header, best)) {
                best = separator;
            }
        }
        return best;
    }

    private static long count(String text, char searched) {
        return text.chars().filter(character -> character == searched).count();
    }

    private static List<String> header(String[] row) {
        return Arrays.stream(row)
                .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
                .map(String::strip)
                .toList();
    }

    @Override
    boolean advance() throws IOException {
        if (!hasNext()) {
            return false;
        }
        long number = rows.currentLocation().getLineNr();
        event(number, line(nextRow()));
        return true;
    }

    private boolean hasNext() throws IOException {
        try {
            return rows.hasNextValue();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    private String[] nextRow() throws IOException {
        try {
            return rows.nextValue();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    /** Returns why the table cannot be read to its end: after a failure it is not known where the next row starts. */
    private static IOException failure(JacksonException e) {
        if (e.getCause() instanceof CharacterCodingException) {
            throw new UnreadableException("the table is not UTF-8; convert it, for example with:"
                    + " iconv -f WINDOWS-1252 -t UTF-8 FILE > events.csv");
        }
        return e.getCause() instanceof IOException failed
                ? failed
                : new IOException("a line is not CSV" + place(e.getLocation()), e);
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ": line " + location.getLineNr();
    }

    private JsonLine line(String[] row) {
        JsonLine line = new JsonLine();
        indexes.forEach((field, index) -> {
            String value = index < row.length ? row[index] : "";
            if (value.isBlank() || field.startsWith(ColumnMap.ATTRIBUTE) || field.startsWith(ColumnMap.FEEDBACK)) {
                return;
            }
            if (ColumnMap.isNumber(field)) {
                line.number(field, value);
            } else {
                line.text(field, value.strip());
            }
        });
        writeAttributes(line, row);
        writeFeedback(line, row);
        return line;
    }

    private void writeAttributes(JsonLine line, String[] row) {
        line.object("attributes");
        indexes.forEach((field, index) -> {
            if (field.startsWith(ColumnMap.ATTRIBUTE) && index < row.length) {
                line.text(field.substring(ColumnMap.ATTRIBUTE.length()), row[index].strip());
            }
        });
        line.end();
    }

    private void writeFeedback(JsonLine line, String[] row) {
        indexes.forEach((field, index) -> {
            if (field.startsWith(ColumnMap.FEEDBACK) && index < row.length && !row[index].isBlank()) {
                line.object("feedback")
                        .text("scale", field.substring(ColumnMap.FEEDBACK.length()))
                        .number("value", row[index])
                        .end();
            }
        });
    }
}
