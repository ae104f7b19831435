package dev.touchstone.http;

import dev.touchstone.Touchstone;
import dev.touchstone.history.History;
import dev.touchstone.http.PageContent.Answer;
import dev.touchstone.json.ScoreboardJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The past periods of one scope and the marks, without small groups, as the page asks for them. Thread-safe. */
final class PageHistory {

    private static final String RESOLUTION = "resolution";
    private static final String SCOPE = "scope";
    private static final String NAME = "name";
    private static final Set<String> PARAMETERS = Set.of(RESOLUTION, SCOPE, NAME);
    private static final long FRESH_NANOS = 10_000_000_000L;
    private static final int MOST_ANSWERS = 64;

    private final Touchstone touchstone;
    private final LongSupplier nanoTime;
    private final ScoreboardJson json = ScoreboardJson.compact();
    private final Map<HistoryQuery, Cached<Answer>> answers = new LinkedHashMap<>(2 * MOST_ANSWERS, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HistoryQuery, Cached<Answer>> eldest) {
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
            return cached(HistoryQuery.of(parameters.get(RESOLUTION), parameters.get(SCOPE), parameters.get(NAME)))
                    .get();
        } catch (IllegalArgumentException e) {
            return Answer.refusal(e);
        }
    }

    private Cached<Answer> cached(HistoryQuery query) {
        synchronized (answers) {
            return answers.computeIfAbsent(query, asked -> new Cached<>(nanoTime, FRESH_NANOS, () -> answer(asked)));
        }
    }

    private Answer answer(HistoryQuery query) {
        History history = touchstone.history().withholdingSmallGroups();
        return Answer.json(json.write(query.resolution(), query.read(history), history.marks()));
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
