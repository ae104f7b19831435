package dev.touchstone.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/telemetry.md}. */
final class Documented {

    private static final Path PAGE = Path.of("..", "..", "..", "docs", "telemetry.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Documented() {}

    /** Returns, by name, the kind, unit and attributes of each metric. */
    static Map<String, String> metrics() {
        return rows("## Metrics", 5).stream()
                .collect(Collectors.toMap(
                        row -> code(row.get(0)),
                        row -> row.get(1) + ", " + String.join("", codes(row.get(2))) + ", " + keys(row.get(3)),
                        (one, other) -> one + " and " + other,
                        TreeMap::new));
    }

    private static SortedSet<String> keys(String listed) {
        return Arrays.stream(listed.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> "touchstone." + name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the values of each attribute of metrics that has some, the others left out. */
    static Map<String, SortedSet<String>> values() {
        Map<String, SortedSet<String>> values = new TreeMap<>();
        for (List<String> row : rows("The attributes above", 2)) {
            String rest = row.get(1).replaceAll("`[^`]+`|\\([^)]*\\)|or|,|which are different questions", "");
            if (rest.isBlank()) {
                values.put(code(row.get(0)), codes(row.get(1)));
            }
        }
        return values;
    }

    /** Returns the type of each attribute of a span. */
    static Map<String, String> spanAttributes() {
        return types("## Attributes of the current span");
    }

    static Map<String, String> types(String heading) {
        return rows(heading, 3).stream()
                .collect(Collectors.toMap(
                        row -> code(row.get(0)), row -> row.get(1), (one, other) -> one, TreeMap::new));
    }

    /** Returns the rows of the first table after a line, without its head. */
    private static List<List<String>> rows(String after, int columns) {
        List<List<String>> rows = new ArrayList<>();
        boolean there = false;
        for (String line : lines()) {
            there |= line.startsWith(after);
            boolean row = line.startsWith("|");
            if (there && row) {
                List<String> cells = Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                rows.add(cells.subList(0, columns));
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new IllegalStateException("no table after \"" + after + "\" in " + PAGE);
        }
        return rows.subList(2, rows.size());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(String cell) {
        return codes(cell).first();
    }

    private static SortedSet<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
