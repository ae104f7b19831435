package dev.touchstone.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links from a touchpoint on the page to other tools, as URL templates by name. In a template the page replaces
 * {@code {touchpoint}} by the name of the touchpoint, {@code {from}} and {@code {to}} by the ends of the range in
 * milliseconds since 1970-01-01T00:00:00Z, and {@code {fromTime}} and {@code {toTime}} by the same in RFC 3339, all
 * percent-encoded. Immutable.
 */
public final class PageLinks {

    /** No links. */
    public static final PageLinks NONE = new PageLinks(Map.of());

    private static final int MOST = 10;
    private static final int LONGEST = 2_000;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._-]{1,40}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final String KNOWN = "touchpoint|from|to|fromTime|toTime";
    private static final Pattern HOST = Pattern.compile("https?://[^/?#{}]+([/?#].*)?", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> templates;

    private PageLinks(Map<String, String> templates) {
        this.templates = templates;
    }

    /**
     * Returns links.
     *
     * @param templates the templates by the names of the links, which the page shows in alphabetical order; at most
     *     {@value #MOST}
     * @throws IllegalArgumentException if there are more, or if a name or a template is not {@linkplain #checked
     *     valid}
     */
    public static PageLinks of(Map<String, String> templates) {
        if (templates.size() > MOST) {
            throw new IllegalArgumentException(templates.size() + " links: there are at most " + MOST);
        }
        Map<String, String> valid = new TreeMap<>();
        templates.forEach((name, template) -> valid.put(name, checked(name, template)));
        return new PageLinks(Collections.unmodifiableMap(valid));
    }

    /**
     * Returns a valid template.
     *
     * @throws IllegalArgumentException if the name is not 1 to 40 letters, digits, spaces, {@code .}, {@code _} or
     *     {@code -}, or if the template is not an absolute URL with {@code http} or {@code https}, has an unknown
     *     placeholder or one in the host, or is longer than {@value #LONGEST} characters
     */
    public static String checked(String name, String template) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a name of a link: 1 to 40 letters, digits, spaces, '.', '_' or '-'");
        }
        String url = template.strip();
        Matcher placeholders = PLACEHOLDER.matcher(url);
        while (placeholders.find()) {
            if (!placeholders.group(1).matches(KNOWN)) {
                throw problem(
                        url,
                        "{" + placeholders.group(1) + "} is unknown; allowed are {touchpoint}, {from}, {to},"
                                + " {fromTime} and {toTime}");
            }
        }
        if (url.length() > LONGEST) {
            throw problem(url.substring(0, 40) + "...", "it is longer than " + LONGEST + " characters");
        }
        if (!HOST.matcher(url).matches()) {
            throw problem(url, "it must begin with http:// or https:// and a host without placeholders");
        }
        try {
            URI filled = new URI(PLACEHOLDER.matcher(url).replaceAll("x"));
            if (filled.getHost() == null || filled.getUserInfo() != null) {
                throw problem(url, "it must have a host and no user");
            }
        } catch (URISyntaxException e) {
            throw problem(url, "it is not a URL (" + e.getReason() + "); percent-encode everything but placeholders");
        }
        return url;
    }

    private static IllegalArgumentException problem(String url, String what) {
        return new IllegalArgumentException(
                "\"" + url + "\" is not a link: " + what
                        + "; write one such as https://grafana.example.com/d/cx?var-touchpoint={touchpoint}&from={from}&to={to}");
    }

    /** Returns the templates by name, in alphabetical order. */
    public Map<String, String> templates() {
        return templates;
    }

    @Override
    public String toString() {
        return "links " + templates.keySet();
    }
}
