package dev.touchstone.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses the values of settings. Every method throws {@code IllegalArgumentException} for an invalid text. */
final class SettingText {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private SettingText() {}

    static long number(String text) {
        return parsed(text, Long::valueOf, "a whole number");
    }

    static int smallNumber(String text) {
        return parsed(text, Integer::valueOf, "a whole number");
    }

    static double decimal(String text) {
        return parsed(text, Double::valueOf, "a number");
    }

    static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        }
        return text.equals("true");
    }

    /** Reads {@code PT5M} or {@code 5m}. */
    static Duration duration(String text) {
        Matcher simple = SIMPLE_DURATION.matcher(text);
        if (simple.matches()) {
            long amount = Long.parseLong(simple.group(1));
            return switch (simple.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        return parsed(text, Duration::parse, "a duration; write it like 180d, 5m or PT5M");
    }

    static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address", e);
        }
    }

    static Path path(String text) {
        return Path.of(text);
    }

    static List<Path> paths(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Path::of)
                .toList();
    }

    private static <T> T parsed(String text, Function<String, T> parser, String what) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + what, e);
        }
    }
}
