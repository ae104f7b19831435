package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Events from the access log of a web server: the Common and the Combined Log Format of Apache httpd and nginx, or the W3C
 * Extended Log File Format (W3C working draft WD-logfile-960323), as IIS writes it. A request is an event of the touchpoint
 * whose route it matches, of the authenticated user if the log names one. Not thread-safe.
 */
final class AccessLogSource extends ConvertedSource {

    private static final DateTimeFormatter COMMON_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final String FIELDS = "#Fields:";
    private static final String NONE = "-";
    /** The index of the time in a combined log. */
    private static final int TIME = 3;

    private final LineReader lines;
    private final HttpRequests requests;
    private final boolean extended;
    private final Map<String, Integer> fields = new HashMap<>();
    private boolean milliseconds;

    private AccessLogSource(LineReader lines, Catalog catalog, boolean extended) {
        this.lines = lines;
        this.requests = new HttpRequests(catalog);
        this.extended = extended;
    }

    /** Returns the events of a log in the Common or Combined Log Format. */
    static AccessLogSource combined(LineReader lines, Catalog catalog) {
        return new AccessLogSource(lines, catalog, false);
    }

    /** Returns the events of a log in the W3C Extended Log File Format. */
    static AccessLogSource w3c(LineReader lines, Catalog catalog) {
        return new AccessLogSource(lines, catalog, true);
    }

    @Override
    boolean advance() throws IOException {
        while (lines.next()) {
            String problem = lines.problem();
            if (problem != null) {
                bad(lines.number(), problem);
                return true;
            }
            String line = new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
            if (extended ? readExtended(line) : readCombined(line)) {
                return true;
            }
        }
        return false;
    }

    @Override
    String summary() {
        return requests.summary();
    }

    /** Returns whether the line is an event or a bad line. */
    private boolean readCombined(String line) {
        List<String> parts = split(line);
        if (parts.size() < 6) {
            bad(lines.number(), "is not a line of a combined log");
            return true;
        }
        String[] request = parts.get(4).split(" ", -1);
        try {
            String time = Times.written(
                    COMMON_TIME.parse(parts.get(TIME), Instant::from).toEpochMilli());
            return request(
                    time,
                    request[0],
                    request.length > 1 ? request[1] : "",
                    Integer.parseInt(parts.get(5)),
                    value(parts.get(2)),
                    parts.size() > 8 ? parts.get(8) : "",
                    Double.NaN);
        } catch (DateTimeException | NumberFormatException e) {
            bad(lines.number(), "is not a line of a combined log");
            return true;
        }
    }

    private boolean readExtended(String line) {
        if (line.startsWith(FIELDS)) {
            fields.clear();
            List<String> names = split(line.substring(FIELDS.length()).strip());
            names.forEach(name -> fields.put(name.toLowerCase(Locale.ROOT), fields.size()));
            return false;
        }
        if (line.startsWith("#")) {
            milliseconds |= line.startsWith("#Software:") && line.contains("Microsoft");
            return false;
        }
        List<String> parts = split(line);
        try {
            String target = field(parts, "cs-uri-stem");
            return request(
                    field(parts, "date") + "T" + field(parts, "time") + "Z",
                    field(parts, "cs-method"),
                    target.isEmpty() ? field(parts, "cs-uri") : target,
                    Integer.parseInt(field(parts, "sc-status")),
                    field(parts, "cs-username"),
                    field(parts, "cs(user-agent)"),
                    taken(field(parts, "time-taken")));
        } catch (NumberFormatException e) {
            bad(
                    lines.number(),
                    fields.isEmpty()
                            ? "comes before a #Fields line"
                            : "has no status, or a field that is no number; #Fields needs date, time, cs-method,"
                                    + " cs-uri-stem and sc-status");
            return true;
        }
    }

    /** Seconds, as the format says; IIS writes whole milliseconds. */
    private double taken(String text) {
        return text.isEmpty() ? Double.NaN : milliseconds ? Double.parseDouble(text) : 1000 * Double.parseDouble(text);
    }

    private String field(List<String> parts, String name) {
        Integer index = fields.get(name);
        return index == null || index >= parts.size() ? "" : value(parts.get(index));
    }

    private static String value(String text) {
        return text.equals(NONE) ? "" : text;
    }

    private boolean request(
            String time, String method, String target, int status, String user, String agent, double durationMs) {
        String touchpoint = requests.touchpoint(method, target, "", status, user, agent);
        if (touchpoint == null) {
            return false;
        }
        JsonLine event = new JsonLine()
                .text("time", time)
                .text("touchpoint", touchpoint)
                .text("customer", user)
                .text("channel", requests.channel(touchpoint))
                .text("outcome", requests.outcome(status).name());
        if (durationMs > 0) {
            event.number("durationMs", durationMs);
        }
        event(lines.number(), event);
        return true;
    }

    /**
     * Splits a line at spaces and tabs, except within quotation marks, which are left out. Within them a combined log has
     * escapes, and an extended log doubled quotation marks. In a combined log square brackets enclose the time.
     */
    private List<String> split(String line) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char first = line.charAt(at);
            if (first == ' ' || first == '\t') {
                at++;
                continue;
            }
            boolean isTime = first == '[' && !extended && parts.size() == TIME;
            char end = first == '"' ? '"' : isTime ? ']' : ' ';
            StringBuilder part = new StringBuilder();
            at += end == ' ' ? 0 : 1;
            while (at < line.length() && !isEnd(line, at, end)) {
                boolean escape = end == '"' && line.charAt(at) == (extended ? '"' : '\\') && at + 1 < line.length();
                at += escape ? 1 : 0;
                // \xC3 is a byte, as %C3 is
                part.append(escape && line.charAt(at) == 'x' ? '%' : line.charAt(at));
                at++;
            }
            at++;
            parts.add(part.toString());
        }
        return parts;
    }

    private boolean isEnd(String line, int at, char end) {
        char character = line.charAt(at);
        boolean doubled = extended && end == '"' && at + 1 < line.length() && line.charAt(at + 1) == '"';
        return (character == end && !doubled) || (end == ' ' && character == '\t');
    }
}
