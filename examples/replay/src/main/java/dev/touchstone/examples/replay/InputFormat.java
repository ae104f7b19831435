package dev.touchstone.examples.replay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the input consists of. */
enum InputFormat {
    /** One JSON object a line. */
    JSONL("jsonl"),
    /** An array of JSON objects, or objects of several lines. */
    JSON("json"),
    CSV("csv"),
    /** Access logs in the Combined or Common Log Format. */
    COMBINED("combined"),
    /** Access logs in the W3C Extended Log File Format. */
    W3C("w3c"),
    /** Spans as the OpenTelemetry Collector's file exporter writes them. */
    OTLP_JSON("otlp-json");

    private static final Pattern COMBINED_LINE =
            Pattern.compile("\\S+ \\S+ \\S+ \\[\\d{2}/[A-Za-z]{3}/\\d{4}:[^]]+] \".*");

    private static final String SPANS = "\"resourceSpans\"";

    private final String name;

    InputFormat(String name) {
        this.name = name;
    }

    /** Returns the format of that name; empty if there is none. */
    static Optional<InputFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name.equals(name))
                .findFirst();
    }

    /** Returns the names of all formats. */
    static List<String> names() {
        return Arrays.stream(values()).map(format -> format.name).toList();
    }

    /**
     * Returns the format that the first bytes of an input show.
     *
     * @param start the first bytes, in UTF-8
     * @param routes whether the catalog declares routes
     * @throws UnreadableException if they show a format that cannot be read without more options
     */
    static InputFormat of(byte[] start, boolean routes) {
        List<String> lines = new String(start, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .toList();
        if (lines.isEmpty()) {
            return JSONL;
        }
        String first = lines.get(0);
        if (first.startsWith("[") || first.equals("{")) {
            if (lines.size() > 1 && lines.get(1).startsWith(SPANS)) {
                throw new UnreadableException("the input looks like spans in OTLP/JSON over several lines; convert it"
                        + " with: jq -c . FILE > spans.json");
            }
            return JSON;
        }
        if (first.startsWith("{")) {
            return first.substring(1).stripLeading().startsWith(SPANS) ? OTLP_JSON : JSONL;
        }
        if (isW3c(first)) {
            return withRoutes(W3C, routes);
        }
        if (COMBINED_LINE.matcher(first).matches()) {
            return withRoutes(COMBINED, routes);
        }
        return ofColumns(lines);
    }

    private static boolean isW3c(String line) {
        return line.startsWith("#Version:") || line.startsWith("#Software:") || line.startsWith("#Fields:");
    }

    private static InputFormat withRoutes(InputFormat format, boolean routes) {
        if (!routes) {
            throw new UnreadableException("the input looks like an access log; name the routes of the touchpoints in a"
                    + " catalog, and read it with: --format-in " + format.name + " --catalog touchstone.json");
        }
        return format;
    }

    private static InputFormat ofColumns(List<String> lines) {
        String header = lines.get(0);
        char separator = CsvSource.separator(header);
        List<String> columns = Arrays.stream(header.split(Pattern.quote(String.valueOf(separator))))
                .map(column -> column.strip().replace("\"", ""))
                .toList();
        List<String> lower =
                columns.stream().map(column -> column.toLowerCase(Locale.ROOT)).toList();
        if (lower.contains("time") && lower.contains("touchpoint")) {
            return CSV;
        }
        boolean table = columns.size() > 2
                && lines.size() > 1
                && columns.stream().noneMatch(String::isEmpty)
                && count(lines.get(1), separator) >= columns.size() - 1;
        if (table) {
            throw new UnreadableException("the input looks like CSV with the columns " + String.join(", ", columns)
                    + "; name those of the touchpoint, the time and the customer with: --format-in csv"
                    + " --map touchpoint=COLUMN,time=COLUMN,customer=COLUMN");
        }
        return JSONL;
    }

    private static long count(String line, char separator) {
        return line.chars().filter(character -> character == separator).count();
    }

    @Override
    public String toString() {
        return name;
    }
}
