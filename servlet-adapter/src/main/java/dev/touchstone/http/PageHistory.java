package dev.touchstone.http;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Stage;
import dev.touchstone.history.History;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.http.PageContent.Answer;
import dev.touchstone.json.ScoreboardJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The past periods of one scope and the marks, without small groups, as the page asks for them. Thread-safe. */
final class PageHistory {

    private static final String RESOLUTION = "resolution";
    private static final String SCOPE = "scope";
    private static final String NAME = "name";
    private static final String OVERALL = "overall";
    private static final String STAGE = "stage";
    private static final Set<String> PARAMETERS = Set.of(RESOLUTION, SCOPE, NAME);
    private static final long FRESH_NANOS = 10_000_000_000L;
    private static final int MOST_ANSWERS = 64;

    private final Touchstone touchstone;
    private final LongSupplier nanoTime;
    private final ScoreboardJson json = ScoreboardJson.compact();
    private final Map<String, Cached<Answer>> answers = new LinkedHashMap<>(2 * MOST_ANSWERS, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached<Answer>> eldest) {
            return size() > MOST_ANSWERS;
        }
    };

    PageHistory(Touchstone touchstone, LongSupplier nanoTime) {
        this.touchstone = touchstone;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns periods that are at most ten seconds old; status 400 if the query cannot be understood.
     *
     * @param query the raw query, without its question mark
     */
    Answer get(@Nullable String query) {
        try {
            Map<String, String> parameters = parameters(query == null ? "" : query);
            Resolution resolution = resolution(parameters.get(RESOLUTION));
            String scope = parameters.getOrDefault(SCOPE, OVERALL);
            String name = name(scope, parameters.get(NAME));
            return cached(resolution, scope, name).get();
        } catch (IllegalArgumentException e) {
            return Answer.refusal(e);
        }
    }

    private Cached<Answer> cached(Resolution resolution, String scope, String name) {
        String key = resolution + " " + scope + " " + name;
        synchronized (answers) {
            return answers.computeIfAbsent(
                    key, asked -> new Cached<>(nanoTime, FRESH_NANOS, () -> answer(resolution, scope, name)));
        }
    }

    private Answer answer(Resolution resolution, String scope, String name) {
        History history = touchstone.history().withholdingSmallGroups();
        return Answer.json(json.write(resolution, periods(history, resolution, scope, name), history.marks()));
    }

    private static List<Period> periods(History history, Resolution resolution, String scope, String name) {
        return switch (scope) {
            case "touchpoint" -> history.touchpoint(name, resolution);
            case "channel" -> history.channel(name, resolution);
            case STAGE -> history.stage(Stage.valueOf(name), resolution);
            case "owner" -> history.owner(name, resolution);
            case "journey" -> history.journey(name, resolution);
            default -> history.overall(resolution);
        };
    }

    private static Resolution resolution(@Nullable String name) {
        return Arrays.stream(Resolution.values())
                .filter(resolution -> resolution.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("resolution is none of hour, day, week, month"));
    }

    private static String name(String scope, @Nullable String name) {
        switch (scope) {
            case OVERALL -> {
                if (name != null) {
                    throw new IllegalArgumentException("name is given, but the scope overall has none; leave it out");
                }
                return "";
            }
            case "touchpoint", "channel", STAGE, "owner", "journey" -> {
                if (name == null || name.isBlank()) {
                    throw new IllegalArgumentException("name is missing; write that of the " + scope);
                }
                return scope.equals(STAGE) ? stage(name) : name;
            }
            default ->
                throw new IllegalArgumentException(
                        "scope is none of overall, touchpoint, channel, stage, owner, journey");
        }
    }

    private static String stage(String name) {
        String written = name.toUpperCase(Locale.ROOT);
        if (Arrays.stream(Stage.values()).noneMatch(stage -> stage.name().equals(written))) {
            throw new IllegalArgumentException("name is none of the stages "
                    + Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        return written;
    }

    /** Decodes a query by itself: containers and frameworks differ in what they make of a malformed one. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String parameter = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (!PARAMETERS.contains(parameter)) {
                    throw new IllegalArgumentException(
                            "the query has a parameter that is none of resolution, scope, name");
                }
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                if (parameters.put(parameter, value) != null) {
                    throw new IllegalArgumentException(parameter + " is given twice; write it once");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the query is not percent-encoded as it should be", e);
        }
    }
}
