package dev.touchstone.http;

import dev.touchstone.Touchstone;
import dev.touchstone.history.History;
import dev.touchstone.http.PageContent.Answer;
import dev.touchstone.json.ScoreboardJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The past periods of one scope and the marks, without small groups, as the page requests them. Thread-safe. */
final class PageHistory {

    private static final String RESOLUTION = "resolution";
    private static final String SCOPE = "scope";
    private static final String NAME = "name";
    private static final List<String> PARAMETERS = List.of(RESOLUTION, SCOPE, NAME);
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
     * Returns periods that are at most ten seconds old; status 400 if the query is invalid.
     *
     * @param query the raw query, without its question mark
     */
    Answer get(@Nullable String query) {
        try {
            Map<String, String> parameters = Query.parameters(query, PARAMETERS);
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
}
