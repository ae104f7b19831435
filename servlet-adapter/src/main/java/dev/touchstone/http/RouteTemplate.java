package dev.touchstone.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of a declared route, split into segments. A variable in braces stands for one or more characters within one
 * segment. Matching takes time linear in the length of the path. Immutable.
 */
final class RouteTemplate {

    /** The most specific first: fewer variables, then more literal text, then a later first variable. */
    static final Comparator<RouteTemplate> MOST_SPECIFIC_FIRST = Comparator.<RouteTemplate>comparingInt(
                    template -> template.variables)
            .thenComparing(template -> template.written, Comparator.reverseOrder())
            .thenComparing(template -> template.firstVariable, Comparator.reverseOrder());

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/{}]+}");

    private final List<Segment> segments;
    private final int variables;
    private final int written;
    private final int firstVariable;

    RouteTemplate(String template) {
        this.segments = Stream.of(split(template)).map(Segment::of).toList();
        this.variables = segments.stream().mapToInt(Segment::variables).sum();
        this.written = segments.stream()
                .flatMap(segment -> segment.texts.stream())
                .mapToInt(String::length)
                .sum();
        this.firstVariable = Math.max(template.indexOf('{'), 0);
    }

    /** Returns the segments of a path, which begins with a slash. */
    static String[] split(String path) {
        return path.substring(1).split("/", -1);
    }

    boolean isLiteral() {
        return variables == 0;
    }

    int size() {
        return segments.size();
    }

    boolean matches(String[] path) {
        if (path.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (!segments.get(i).matches(path[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * One segment.
     *
     * @param texts the literal texts before, between and after its variables
     */
    private record Segment(List<String> texts) {

        static Segment of(String segment) {
            return new Segment(List.copyOf(new ArrayList<>(List.of(VARIABLE.split(segment, -1)))));
        }

        int variables() {
            return texts.size() - 1;
        }

        boolean matches(String text) {
            String first = texts.get(0);
            if (variables() == 0) {
                return text.equals(first);
            }
            String last = texts.get(variables());
            int end = text.length() - last.length();
            if (!text.startsWith(first) || !text.endsWith(last)) {
                return false;
            }
            int at = first.length();
            // the earliest match of each text is as good as any later one
            for (String between : texts.subList(1, variables())) {
                int found = text.indexOf(between, at + 1);
                if (found < 0) {
                    return false;
                }
                at = found + between.length();
            }
            return at < end;
        }
    }
}
