package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
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
    private boolean broken;

    CsvSource(InputStream in, byte[] start, ColumnMap columns) throws IOException {
        int end = lastLineEnd(start);
        if (!Encoding.isUtf8(start, 0, end)) {
            throw new UnreadableException("the table is not UTF-8; convert it, for example with:"
                    + " iconv -f WINDOWS-1252 -t UTF-8 FILE > events.csv");
        }
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(firstLine(start)));
        this.rows = CsvMapper.builder()
                .enable(CsvReadFeature.WRAP_AS_ARRAY)
                .enable(CsvReadFeature.SKIP_EMPTY_LINES)
                .build()
                .readerFor(String[].class)
                .with(schema)
                .readValues(new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8));
        this.indexes = columns.indexes(rows.hasNextValue() ? header(rows.nextValue()) : List.of());
    }

    private static int lastLineEnd(byte[] start) {
        int end = start.length;
        while (end > 0 && start[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? start.length : end;
    }

    private static String firstLine(byte[] start) {
        return new String(start, java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
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
    boolean advance() {
        if (broken) {
            return false;
        }
        long number = 0;
        try {
            if (!rows.hasNextValue()) {
                return false;
            }
            number = rows.currentLocation().getLineNr();
            String[] row = rows.nextValue();
            event(number, line(row));
        } catch (JacksonException e) {
            broken = true; // where the next row starts is not known
            bad(
                    Math.max(
                            number,
                            e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    "is not CSV; the rest of the table is not read");
        }
        return true;
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
