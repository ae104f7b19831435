package dev.touchstone.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP method and a URL template, such as {@code POST /checkout/{basket}/pay}.
 *
 * @param method the HTTP method, in upper case
 * @param template the path; a segment in braces matches any one segment
 */
public record Route(String method, String template) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/{}]+}");
    private static final Pattern SYNTAX = Pattern.compile("/(?:[^\\s{}?#]|\\{[^/{}\\s]+})*+");
    private static final int MAX_LENGTH = 256;

    /** Parses a route; empty if the text is not a route. */
    static Optional<Route> parse(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        if (text.length() > MAX_LENGTH || parts.length != 2) {
            return Optional.empty();
        }
        String method = parts[0].toUpperCase(Locale.ROOT);
        boolean wellFormed = method.chars().allMatch(c -> c >= 'A' && c <= 'Z')
                && SYNTAX.matcher(parts[1]).matches();
        return wellFormed ? Optional.of(new Route(method, parts[1])) : Optional.empty();
    }

    /** Returns the template without variable names, which is equal for all routes that match the same requests. */
    String shape() {
        return method + " " + VARIABLE.matcher(template).replaceAll("{}");
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
